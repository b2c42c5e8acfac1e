using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Mails;

/// <summary>A mail made ready once: rendering it for a customer only fills blanks. Safe to use from many
/// threads.</summary>
public sealed class MailTemplate
{
    /// <summary>What ends a line (U+0085, U+2028 …), controls, and marks that turn the direction.</summary>
    private static readonly SearchValues<char> Unruly = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => (char)c),
            .. "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"]);

    /// <summary>Filling never waits: a thread's parts share one buffer.</summary>
    [ThreadStatic]
    private static Utf8Buffer? ink;

    private MailTemplate(MailSource source, PlaceholderPass weave, string subject, string html, string text)
    {
        (Source, Placeholders) = (source, weave.Placeholders);
        (Subject, Html, Text) = (PageReader.Read(subject), PageReader.Read(html), PageReader.Read(text));
        wanted = TemplateNode.Looked([.. Subject, .. Html, .. Text]).ToFrozenSet();
    }

    /// <summary>What of the model it looks at.</summary>
    private readonly FrozenSet<string> wanted;

    public MailSource Source { get; }
    public string Name => Source.Name;

    /// <summary>Every blank of subject, preheader and body.</summary>
    public IReadOnlyList<PlaceholderUse> Placeholders { get; }

    /// <summary>What stands between <c>```</c> lines.</summary>
    public IReadOnlyList<PlacedBlock> Parts { get; private init; } = [];

    internal IReadOnlyList<TemplateNode> Subject { get; }
    internal IReadOnlyList<TemplateNode> Html { get; }
    internal IReadOnlyList<TemplateNode> Text { get; }

    /// <summary>The template, or everything that is wrong with its blanks.</summary>
    public static (MailTemplate? Template, IReadOnlyList<Problem> Problems) Compile(MailSource source)
    {
        var problems = new List<Problem>();
        var weave = new PlaceholderPass { Language = source.Language };
        var subject = weave.Mark(source, source.Subject, problems);
        var preheader = source.Preheader is null ? null : weave.Mark(source, source.Preheader, problems);
        var marked = weave.Mark(source, source.Body, problems, isMarkdown: true);
        if (MailDepth.Tangle(source.Body.Text) is var (tangled, message))
            problems.Add(source.Problem(source.Body.Offset + tangled, message));
        if (problems.Count > 0) return (null, problems);
        var (document, deep) = MailDepth.Parse(marked);
        if (document is null) return (null, [source.Problem(weave.Written(deep), MailDepth.Message)]);

        var parts = new MailBlockReader(source, weave, problems).ReadAll(document);
        foreach (var (odd, said, meant) in MailPictures.Wrong(document))
            problems.Add(source.Problem(weave.Written(odd.Span.Start), said, meant));
        if (problems.Count > 0) return (null, problems);
        var page = new MailPage(source.Language, parts.Count > 0);
        var text = Blocks.JoinLines(MailText.Of(document, page.Blocks), weave);
        var hero = MailPictures.Hero(document);
        if (hero is not null) document.Remove(hero);
        var above = hero is null ? null : weave.Unmark(MailMarkdown.Hero(hero, page.Blocks));
        var body = MailMarkdown.Html(document, page.Blocks);
        foreach (var torn in Blocks.Torn(body, weave))
            problems.Add(source.Problem(torn.Placeholder.Offset, "this block begins and ends in different paragraphs",
                "each tag on a line of its own, or both in one paragraph"));
        if (problems.Count > 0) return (null, problems);
        var html = weave.Unmark(Blocks.JoinLists(body, weave));
        html = page.Html(
            weave.Unmark(Escaped(subject)), preheader is null ? null : weave.Unmark(Escaped(preheader)), above, html);
        return (new(source, weave, weave.Unmark(subject), html, page.Text(weave.Unmark(text))) { Parts = parts }, []);
    }

    /// <summary>Fills the blanks. <paramref name="unsubscribeUrl"/> is wanted for marketing; order mail has
    /// none.</summary>
    /// <exception cref="MissingValueException">A blank has no value in this situation.</exception>
    public RenderedMail Render(Situation situation, Purpose purpose, string? unsubscribeUrl)
    {
        var model = MailModel.Of(
            situation, purpose, purpose == Purpose.Marketing ? unsubscribeUrl : null, wanted, null, Source.Language);
        var subject = Line(Fill(Subject, model, isHtml: false));
        return new(subject, Fill(Html, model, isHtml: true), Fill(Text, model, isHtml: false));
    }

    private static string Fill(IReadOnlyList<TemplateNode> parts, Dictionary<string, object?> model, bool isHtml)
    {
        ink ??= new();
        ink.CutTo(0);
        new PageFilling(model, isHtml, ink).Write(parts);
        return Encoding.UTF8.GetString(ink.Written);
    }

    /// <summary>Subjects are one line: whatever a value brings with it cannot begin another header.</summary>
    internal static string Line(string text)
    {
        if (!text.AsSpan().ContainsAny(Unruly)) return text.Trim();
        return string.Join(' ', string.Concat(text.Select(c => Unruly.Contains(c) ? ' ' : c)).Split(
            ' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}

/// <summary>A mail with its blanks filled.</summary>
public sealed record RenderedMail(string Subject, string Html, string Text);
