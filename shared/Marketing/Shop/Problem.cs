namespace Automation.Marketing.Shop;

/// <summary>One mistake in one of the shop's files. Line and column count from 1, in characters (a tab is one, 佐 is one).</summary>
/// <param name="Suggestion">The nearest thing that would be right.</param>
public sealed record Problem(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}{(Suggestion is null ? "" : $"; did you mean \"{Suggestion}\"?")}";
}
