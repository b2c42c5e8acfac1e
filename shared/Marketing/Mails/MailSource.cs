using Automation.Marketing.Files;
using Automation.Marketing.Time;

namespace Automation.Marketing.Mails;

/// <summary>A mail as the marketer writes it (shop/mails/{name}.md): front matter, then Markdown with blanks.</summary>
public sealed record MailSource
{
    /// <summary>Most characters of a file: mail programs cut longer mails off, and it is kept as one value of a
    /// row.</summary>
    public const int Longest = 30_000;

    private static readonly string[] Keys = ["subject", "preheader", "purpose", "from"];

    /// <summary>E.g. <c>second-purchase/how-is-it</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The whole file, as written; <see cref="Passage"/>s point into it.</summary>
    public required string Text { get; init; }
    public required Passage Subject { get; init; }

    /// <summary>What inboxes show beside the subject.</summary>
    public Passage? Preheader { get; init; }

    /// <summary>Null: the journey's.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>The sender's display name; null: the configured one. The address is never the mail's to
    /// choose.</summary>
    public string? From { get; init; }
    public required Passage Body { get; init; }

    /// <summary>The language it is written in (BCP 47, lower case), beside the one in the shop's own; null: this is
    /// that one.</summary>
    public string? Language { get; init; }

    /// <summary>Within the shop folder.</summary>
    public required string File { get; init; }

    /// <summary>The source, or what is wrong with its front matter.</summary>
    public static (MailSource? Source, IReadOnlyList<Problem> Problems) Parse(string name, string text)
    {
        var file = $"mails/{name}.md";
        var front = FrontMatter.Of(file, text, "a mail", Keys);
        var purpose = ReadPurpose(front);
        return front.Problems.Count > 0 ? (null, front.Problems)
            : (Of(name, file, front) with { Purpose = purpose }, []);
    }

    /// <summary>What every kind of mail has; the front matter is right.</summary>
    internal static MailSource Of(string name, string file, FrontMatter front) => new()
    {
        Name = name,
        File = file,
        Text = front.Text,
        Subject = front["subject"]!,
        Preheader = front["preheader"],
        From = front["from"]?.Text,
        Body = front.Body,
    };

    /// <summary>A problem at an offset of the file.</summary>
    public Problem Problem(int offset, string message, string? suggestion = null) =>
        FrontMatter.At(File, Text, offset, message, suggestion);

    /// <summary>The purpose it goes with from a journey: a mail may ask for consent where its journey need not, never
    /// the other way round.</summary>
    public Purpose PurposeIn(Purpose journey) =>
        Purpose == Marketing.Purpose.Marketing ? Marketing.Purpose.Marketing : journey;

    private static Purpose? ReadPurpose(FrontMatter front)
    {
        if (front["purpose"] is not { } value) return null;
        foreach (var purpose in Enum.GetValues<Purpose>())
            if (value.Text.Equals(purpose.ToString(), StringComparison.OrdinalIgnoreCase)) return purpose;
        front.Say(value.Offset, $"\"{value.Text}\" is not a purpose",
            Nearest.To(value.Text, ["transactional", "marketing"]) ?? "transactional or marketing");
        return null;
    }
}
