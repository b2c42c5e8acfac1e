namespace Automation.Marketing;

/// <summary>What is wrong in one of the shop's files, where (line and column from 1), and what was probably
/// meant.</summary>
public sealed record Problem(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Message}{(Suggestion is null ? "" : $" (did you mean {Suggestion}?)")}";
}
