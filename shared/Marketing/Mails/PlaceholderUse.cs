namespace Automation.Marketing.Mails;

/// <summary>A blank that was understood: where its value is in the model, and the block it opens or closes.</summary>
/// <param name="Path">Path in the model, null for else, end and comment.</param>
public sealed record PlaceholderUse(Placeholder Placeholder, string? Path)
{
    /// <summary>What shapes the value: money, date, default, 様; null: nothing.</summary>
    public string? Filter { get; init; }
    public string? Argument { get; init; }

    /// <summary>Number of the block's else or end (the next of the two), or -1.</summary>
    public int Partner { get; init; } = -1;

    /// <summary>The name as the marketer wrote it.</summary>
    public string Name => Placeholder.Words is [] ? "" : Placeholder.Words[Filter is null ? 0 : 1].Text;

    /// <summary>Must the value be there for the mail to make sense?</summary>
    public bool IsNeeded => Placeholder.Kind == BlankKind.Value && Filter != "default" && !Name.StartsWith('@');

    /// <param name="language">Of the mail; null: the shop's own.</param>
    public string Expression(BlankPlace place, string? language = null) => Placeholder.Kind switch
    {
        BlankKind.If => $"{{{{#if {Path}}}}}",
        BlankKind.Unless => $"{{{{#unless {Path}}}}}",
        BlankKind.Each => $"{{{{#each {Path}}}}}",
        BlankKind.Else => "{{else}}",
        BlankKind.End => $"{{{{/{Placeholder.Words[0].Text}}}}}",
        BlankKind.Comment => "",
        _ when MailWords.DayOf(language) is { } day && Helper(place) is "say" or "date" =>
            $"{{{{{(Filter is null ? "told" : "day")} {In(language!)} \"{Name}\" {Quoted(Argument ?? day)}}}}}",
        _ when language is not null => $"{{{{{Helper(place)} {In(language)} \"{Name}\"{Behind(place)}}}}}",
        _ => $"{{{{{Helper(place)} {Path} \"{Name}\"{Behind(place)}}}}}",
    };

    /// <summary>In a link the address is the value itself, or what stands for it where it is not known.</summary>
    private string Behind(BlankPlace place) =>
        Argument is null || (place != BlankPlace.Text && Filter != "default") ? "" : $" {Quoted(Argument)}";

    /// <summary>What the shop is called and where it is has its own words in each language.</summary>
    private string? In(string language) => Path is "@root.shop.name" or "@root.shop.postalAddress"
        ? $"@root.shop.in.[{language}].{Path["@root.shop.".Length..]}" : Path;

    private string Helper(BlankPlace place) => place switch
    {
        BlankPlace.LinkStart => "link",
        BlankPlace.LinkPart => "part",
        _ => Filter switch { null => "say", "様" => "sama", var filter => filter },
    };

    private static string Quoted(string text) =>
        text.Contains('"', StringComparison.Ordinal) ? $"'{text}'" : $"\"{text}\"";
}
