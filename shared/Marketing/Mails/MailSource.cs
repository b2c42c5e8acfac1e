using System.Text.RegularExpressions;
using Automation.Marketing.Files;

namespace Automation.Marketing.Mails;

/// <summary>A mail as the marketer writes it (shop/mails/{name}.md): front matter, then Markdown with blanks.</summary>
public sealed partial record MailSource
{
    /// <summary>Most characters of a file: mail programs cut longer mails off, and it is kept as one value of a
    /// row.</summary>
    public const int Longest = 30_000;

    private static readonly string[] Keys = ["subject", "preheader", "purpose", "from", "language"];

    /// <summary>E.g. <c>second-purchase/how-is-it</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name without the language behind it: what journeys name, and figures count.</summary>
    public string Original => Split(Name).Name;

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

    /// <summary>The language it is written in (BCP 47, lower case), as its name or its front matter says; null: the
    /// shop's own.</summary>
    public string? Language { get; init; }

    /// <summary>Within the shop folder.</summary>
    public required string File { get; init; }

    /// <summary>The source, or what is wrong with its front matter.</summary>
    public static (MailSource? Source, IReadOnlyList<Problem> Problems) Parse(string name, string text)
    {
        var file = $"mails/{name}.md";
        var front = FrontMatter.Of(file, text, "a mail", Keys);
        var purpose = front.Purpose();
        CheckLanguage(front);
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
        Language = Split(name).Language ?? front["language"]?.Text.ToLowerInvariant(),
    };

    /// <summary>A mail's name without the language behind it, and the language: <c>how-is-it.en</c>.</summary>
    public static (string Name, string? Language) Split(string name) =>
        LanguageMark().Match(name) is { Success: true } mark
            ? (name[..mark.Index], mark.Groups[1].Value.ToLowerInvariant())
            : (name, null);

    /// <summary>Says what is wrong with the language the front matter names.</summary>
    internal static void CheckLanguage(FrontMatter front)
    {
        if (front["language"] is { } language && !Tag().IsMatch(language.Text))
            front.Say(language.Offset, $"\"{language.Text}\" is not a language; languages read \"en\", \"zh-Hant\"");
    }

    [GeneratedRegex(@"\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\z")]
    private static partial Regex LanguageMark();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex Tag();

    /// <summary>A problem at an offset of the file.</summary>
    public Problem Problem(int offset, string message, string? suggestion = null) =>
        FrontMatter.At(File, Text, offset, message, suggestion);

    /// <summary>The purpose it goes with from a journey: a mail may ask for consent where its journey need not, never
    /// the other way round.</summary>
    public Purpose PurposeIn(Purpose journey) =>
        Purpose == Marketing.Purpose.Marketing ? Marketing.Purpose.Marketing : journey;
}
