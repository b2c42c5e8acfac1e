using Automation.Marketing.Files;
using Automation.Marketing.Mails;

namespace Automation.Marketing.Lines;

/// <summary>A button of the row above the keyboard.</summary>
/// <param name="Words">The button's words, with blanks as written.</param>
/// <param name="Leads">Where it leads: an address, or <c>tap:</c> and what <c>line.tapped</c> says then. Null: it says
/// its own words.</param>
public sealed record QuickReply(Passage Words, string? Leads);

/// <summary>A LINE text as the marketer writes it (shop/lines/{name}.md): front matter, then Markdown with
/// blanks.</summary>
/// <param name="Written">File, name, body and purpose; its subject is the alt text, which notifications and lists of
/// chats show.</param>
public sealed record LineSource(MailSource Written, IReadOnlyList<QuickReply> Quick)
{
    /// <summary>Messaging API, "Quick reply": buttons.</summary>
    public const int MostQuick = 13;

    private static readonly string[] Keys = ["alt", "quick", "purpose"];

    public string Name => Written.Name;

    /// <summary>The source, or what is wrong with its front matter.</summary>
    public static (LineSource? Source, IReadOnlyList<Problem> Problems) Parse(string name, string text)
    {
        var file = $"lines/{name}.md";
        var front = FrontMatter.Of(file, text, "a LINE text", Keys, "alt");
        var quick = Replies(front);
        var purpose = front.Purpose();
        if (front.Problems.Count > 0) return (null, front.Problems);
        var written = new MailSource
        {
            Name = name,
            File = file,
            Text = front.Text,
            Subject = front["alt"]!,
            Body = front.Body,
            Purpose = purpose,
        };
        return (new(written, quick), []);
    }

    /// <summary><c>はい | もっと見る https://… | いいえ tap:no</c>.</summary>
    private static List<QuickReply> Replies(FrontMatter front)
    {
        var replies = new List<QuickReply>();
        if (front["quick"] is not { } line) return replies;
        foreach (var (begin, part) in line.Parts())
        {
            var words = part;
            var space = words.LastIndexOf(' ');
            var leads = space > 0 && LineAction.IsTarget(words[(space + 1)..]) ? words[(space + 1)..] : null;
            if (leads is not null) words = words[..space].TrimEnd();
            if (words.Length == 0 || LineAction.IsTarget(words))
                front.Say(begin, "this quick reply has no words", "はい | くわしく https://…");
            else replies.Add(new(new(begin, words), leads));
        }
        if (replies.Count > MostQuick)
            front.Say(line.Offset, $"there can be {MostQuick} quick replies; here are {replies.Count}");
        return replies;
    }
}
