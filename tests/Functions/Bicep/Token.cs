namespace Automation.Functions.Tests.Bicep;

public enum TokenKind { Word, Number, Text, Mark, NewLine, End }

/// <summary>One token of a Bicep file. A text has its pieces: the letters between, and the tokens inside each <c>${…}</c>.</summary>
public sealed record Token(TokenKind Kind, string Text, int Line)
{
    public IReadOnlyList<IReadOnlyList<Token>> Inside { get; init; } = [];
}

/// <summary>The file is no Bicep as we write it; says in which line.</summary>
public sealed class BicepException(int line, string problem) : Exception($"line {line}: {problem}");
