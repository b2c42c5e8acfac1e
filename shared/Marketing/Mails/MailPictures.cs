using System.Globalization;
using System.Text.RegularExpressions;
using Automation.Marketing.Shop;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>Pictures of a mail: how wide (<c>![…](…){width=200}</c>, pixels or per cent), and which one stands above
/// everything.</summary>
public static partial class MailPictures
{
    /// <summary>Pixels of a whole mail.</summary>
    public const int Widest = 600;

    private const string Key = "width";

    /// <summary>The width that was written behind it: <c>200</c> or <c>50%</c>; null: none.</summary>
    public static string? Width(LinkInline picture) => picture.GetData(Key) as string;

    /// <summary>Takes the widths out of the text and to their pictures; what is written otherwise stays text.</summary>
    internal static void TakeWidths(MarkdownDocument document)
    {
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage).ToList())
        {
            if (Behind(picture) is not { } behind
                || Written().Match(behind.Content.ToString()) is not { Success: true } width
                || !IsWidth(width)) continue;
            picture.SetData(Key, width.Groups["n"].Value + (width.Groups["of"].Value == "%" ? "%" : ""));
            behind.Content = new(behind.Content.ToString()[width.Length..]);
            if (behind.Content.Length == 0) behind.Remove();
        }
    }

    /// <summary>What stands behind pictures as if it were a width, and is none.</summary>
    internal static IEnumerable<(LiteralInline At, string Message, string? Suggestion)> Wrong(MarkdownDocument document)
    {
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            if (Behind(picture) is not { } behind
                || Attribute().Match(behind.Content.ToString()) is not { Success: true } odd) continue;
            yield return odd.Groups["name"].Value == Key
                ? (behind, $"\"{odd.Value}\" is not a width: 1 to {Widest} pixels, or per cent", "{width=300}")
                : (behind, $"a picture has no \"{odd.Groups["name"].Value}\"",
                    Time.Nearest.To(odd.Groups["name"].Value, [Key]) is { } near ? $"{{{near}=300}}" : null);
        }
    }

    /// <summary>The picture at the very beginning, alone in its paragraph and without a width: it stands above
    /// everything, as wide as the mail. Null: there is none.</summary>
    internal static ParagraphBlock? Hero(MarkdownDocument document) =>
        document.FirstOrDefault() is ParagraphBlock { Inline: { FirstChild: LinkInline { NextSibling: null } first } }
            paragraph && Alone(first) is { } picture && Width(picture) is null ? paragraph : null;

    /// <summary>The picture, where a link holds nothing else or it is one itself.</summary>
    internal static LinkInline? Alone(LinkInline link) => link.IsImage ? link
        : link.FirstChild is LinkInline { IsImage: true, NextSibling: null } picture ? picture : null;

    /// <summary>The shop's own picture that an address names; null: it is an address.</summary>
    public static string? Own(string url) => Name().Match(url) is { Success: true } name
        ? name.Value[ShopPictures.Folder.Length..] : null;

    private static LiteralInline? Behind(LinkInline picture) =>
        picture.NextSibling is LiteralInline behind
            && behind.Content.ToString().StartsWith('{') ? behind : null;

    private static bool IsWidth(Match width) =>
        int.TryParse(width.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && n >= 1 && n <= (width.Groups["of"].Value == "%" ? 100 : Widest);

    [GeneratedRegex("""^\{\s*width\s*=\s*"?(?<n>\d{1,4})(?<of>px|%)?"?\s*\}""")]
    private static partial Regex Written();

    [GeneratedRegex(@"^\{\s*(?<name>\w+)\s*=[^}]*\}")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^pictures/[\p{L}\p{N}_-][\p{L}\p{N}_.-]*\z")]
    private static partial Regex Name();
}
