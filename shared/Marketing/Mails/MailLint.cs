using System.Globalization;
using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Shop;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>What a hint is about.</summary>
public enum MailHintKind
{
    SubjectLong, SubjectShouts, NoPreheader, TooLarge, PictureWithoutAlt, EmptyLink, InsecureLink, SuspiciousWords,
    PaleAccent,
}

/// <summary>Something that may keep a mail from being read; nothing is refused for it.</summary>
/// <param name="Line">Of the file; null: it is about the whole mail.</param>
/// <param name="Of">The words, address or figure it is about.</param>
public sealed record MailHint(MailHintKind Kind, int? Line = null, string? Of = null);

/// <summary>What inboxes and filters dislike about a mail that is right otherwise. Pure.</summary>
public static class MailLint
{
    /// <summary>Gmail clips a message at 102 KB; what is filled in for a customer needs room.</summary>
    public const int LargestHtml = 90 * 1024;

    /// <summary>Columns of a subject that inboxes show; a Japanese character takes two.</summary>
    public const int LongestSubject = 60;

    private static readonly string[] Suspicious =
    [
        "絶対", "必ず儲", "儲か", "稼げ", "完全無料", "当選", "激安", "大至急", "今すぐクリック", "クリックするだけ", "裏ワザ", "副業",
        "100% free", "act now", "buy now", "click here", "congratulations", "guaranteed", "no obligation", "risk-free",
        "urgent", "winner", "you have been selected",
    ];

    /// <param name="html">The mail rendered for somebody.</param>
    /// <param name="accent">The colour of links, #rrggbb.</param>
    /// <param name="ground">What they stand on.</param>
    public static IReadOnlyList<MailHint> Of(
        MailSource source, string html, string accent, string ground = "#ffffff") =>
    [
        .. Subject(source, source.Subject),
        .. source.Preheader is null ? [new MailHint(MailHintKind.NoPreheader)] : (MailHint[])[],
        .. Links(source),
        .. Words(source),
        .. Size(html) is > LargestHtml and var bytes ? [new MailHint(MailHintKind.TooLarge, Of: Kilobytes(bytes))]
            : (MailHint[])[],
        .. Contrast(Layout.Accent(accent), ground) is < Colour.LeastContrast and var contrast
            ? [new MailHint(MailHintKind.PaleAccent, Of: contrast.ToString("0.0", CultureInfo.InvariantCulture))]
            : (MailHint[])[],
    ];

    /// <summary>Bytes of an HTML part.</summary>
    public static int Size(string html) => Encoding.UTF8.GetByteCount(html);

    /// <summary>Hints about one of several subjects that are tried.</summary>
    public static IEnumerable<MailHint> Subject(MailSource source, Passage subject)
    {
        var line = Line(source, subject.Offset);
        if (Columns(subject.Text) is > LongestSubject and var columns)
            yield return new(MailHintKind.SubjectLong, line, columns.ToString(CultureInfo.InvariantCulture));
        if (Shouts(subject.Text)) yield return new(MailHintKind.SubjectShouts, line);
    }

    /// <summary>How wide a line is: a Japanese character takes two columns. A blank counts as the name it may
    /// be.</summary>
    public static int Columns(string text)
    {
        var (columns, inBlank) = (0, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text.AsSpan(at).StartsWith("{{")) { inBlank = true; columns += 8; }
            if (!inBlank) columns += text[at] > '\u1100' ? 2 : 1;
            if (inBlank && at > 0 && text[at] == '}' && text[at - 1] == '}') inBlank = false;
        }
        return columns;
    }

    /// <inheritdoc cref="Colour.Contrast"/>
    public static double Contrast(string one, string other) => Colour.Contrast(one, other);

    private static bool Shouts(string subject) =>
        subject.Count(c => c is '!' or '！') > 1
        || (subject.Count(char.IsAsciiLetterUpper) > 7 && !subject.Any(char.IsAsciiLetterLower));

    private static IEnumerable<MailHint> Links(MailSource source)
    {
        var from = 0;
        foreach (var link in MailMarkdown.Parse(new PlaceholderPass().Mark(source, source.Body, []))
            .Descendants<LinkInline>())
        {
            var written = link.Url ?? "";
            if (written.IndexOfAny(
                [PlaceholderPass.Value, PlaceholderPass.Tag]) is >= 0 and var blank) written = written[..blank];
            var at = source.Body.Text.IndexOf($"]({written}", from, StringComparison.Ordinal);
            from = Math.Max(from, at);
            var line = at < 0 ? (int?)null : Line(source, source.Body.Offset + at);
            if (link.IsImage && IsEmpty(link)) yield return new(MailHintKind.PictureWithoutAlt, line, written);
            else if (!link.IsImage && IsEmpty(link)) yield return new(MailHintKind.EmptyLink, line, written);
            if (written.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) yield return new(
                MailHintKind.InsecureLink, line, written);
        }
    }

    /// <summary>Nothing to read in it: no words, no blank, no picture.</summary>
    private static bool IsEmpty(LinkInline link) => !link.Any(part =>
        part is not LiteralInline words || words.Content.ToString().Trim().Length > 0);

    private static IEnumerable<MailHint> Words(MailSource source)
    {
        foreach (var words in Suspicious)
            if (source.Text.IndexOf(words, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                yield return new(
                    MailHintKind.SuspiciousWords, Line(source, at), source.Text.Substring(at, words.Length));
    }

    private static int Line(MailSource source, int offset) => source.Text.AsSpan(0, offset).Count('\n') + 1;

    private static string Kilobytes(int bytes) => (bytes / 1024.0).ToString("0", CultureInfo.InvariantCulture);
}
