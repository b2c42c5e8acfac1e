namespace Automation.Console.Journeys;

/// <summary>One sentence of a journey read aloud.</summary>
/// <param name="Depth">How deep it is nested in branches: 0 is outermost.</param>
/// <param name="Cursor">The step it reads; null: it is of the journey as a whole, or opens a branch.</param>
public sealed record Sentence(string Text, int Depth = 0, string? Cursor = null)
{
    public override string ToString() => new string(' ', 2 * Depth) + Text;
}
