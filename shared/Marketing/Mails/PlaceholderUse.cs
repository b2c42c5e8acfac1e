namespace Automation.Marketing.Mails;

/// <summary>A blank that was understood: where its value is in the model, and the block it opens or closes.</summary>
/// <param name="Path">Path in the model, null for else, end and comment.</param>
/// <param name="Filter">What shapes the value: money, date, default, 様; null: nothing.</param>
/// <param name="Partner">Number of the block's else or end (the next of the two), or -1.</param>
public sealed record PlaceholderUse(
    Placeholder Placeholder, string? Path, string? Filter, string? Argument, int Partner)
{
    /// <summary>The name as the marketer wrote it.</summary>
    public string Name => Placeholder.Words is [] ? "" : Placeholder.Words[Filter is null ? 0 : 1].Text;

    /// <summary>Must the value be there for the mail to make sense?</summary>
    public bool IsNeeded => Placeholder.Kind == BlankKind.Value && Filter != "default" && !Name.StartsWith('@');

    /// <param name="day">How days are written where nothing else is said; null: as in Japanese.</param>
    public string Expression(BlankPlace place, string? day = null) => Placeholder.Kind switch
    {
        BlankKind.If => $"{{{{#if {Path}}}}}",
        BlankKind.Unless => $"{{{{#unless {Path}}}}}",
        BlankKind.Each => $"{{{{#each {Path}}}}}",
        BlankKind.Else => "{{else}}",
        BlankKind.End => $"{{{{/{Placeholder.Words[0].Text}}}}}",
        BlankKind.Comment => "",
        _ when day is not null && Helper(place) is "say" or "date" =>
            $"{{{{{(Filter is null ? "told" : "day")} {Path} \"{Name}\" {Quoted(Argument ?? day!)}}}}}",
        _ => $"{{{{{Helper(place)} {Path} \"{Name}\"{(Argument is null ? "" : $" {Quoted(Argument)}")}}}}}",
    };

    private string Helper(BlankPlace place) => place switch
    {
        BlankPlace.LinkStart => "link",
        BlankPlace.LinkPart => "part",
        _ => Filter switch { null => "say", "様" => "sama", var filter => filter },
    };

    private static string Quoted(string text) =>
        text.Contains('"', StringComparison.Ordinal) ? $"'{text}'" : $"\"{text}\"";
}
