using System.Net;
using System.Text;
using Automation.Marketing;
using Automation.Marketing.Mails;

namespace Automation.Console.Letters;

/// <summary>What an inbox shows beside a mail.</summary>
/// <param name="Subjects">The one that is shown first.</param>
public sealed record InboxLine(string From, IReadOnlyList<string> Subjects, string? Preheader);

/// <summary>The document of a preview's frame: the mail as it is, below what an inbox shows of it. It has its own
/// policy: inline styles and pictures over https or from this program, no scripts. Pure.</summary>
public static class PreviewDocument
{
    /// <summary>Of the document, instead of the console's own.</summary>
    public const string Policy =
        "default-src 'none'; img-src 'self' https: http://localhost:* data:; style-src 'unsafe-inline'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    private const string Dark = "@media (prefers-color-scheme:dark)";

    public static string Of(PreviewLook look, InboxLine inbox, RenderedMail mail) => look switch
    {
        PreviewLook.Text =>
            Page($"{Head(inbox, false)}<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;"
            + $"margin:0;font:14px/1.7 monospace\">{Say(mail.Text)}</pre>"),
        PreviewLook.Dark =>
            WithHead(mail.Html.Replace(Dark, "@media all", StringComparison.Ordinal), Head(inbox, true)),
        // Whatever the visitor's own screen prefers.
        _ => WithHead(mail.Html.Replace(Dark, "@media not all", StringComparison.Ordinal), Head(inbox, false)),
    };

    /// <summary>What is wrong with what was typed, instead of the mail.</summary>
    public static string Of(Language say, IReadOnlyList<Problem> problems)
    {
        var lines = new StringBuilder();
        foreach (var problem in problems)
            lines.Append("<li>").Append(Say(say[$"{problem.Line}行目: ", $"Line {problem.Line}: "]))
                .Append(Say(problem.Message)).Append("</li>");
        return Note($"<p>{say["このままではプレビューできません。", "This cannot be shown yet."]}</p><ul>{lines}</ul>");
    }

    /// <summary>A sentence instead of the mail.</summary>
    public static string Of(string sentence) => Note($"<p>{Say(sentence)}</p>");

    /// <summary>Before anything was saved.</summary>
    public static string NotYet(Language say) => Of(say["「プレビュー」を押すと、ここに表示されます。", "“Show preview” shows it here."]);

    /// <summary>There is no such customer.</summary>
    public static string Nobody(Language say) => Of(say["該当するお客様が見つかりません。", "There is no such customer."]);

    /// <summary>Why it cannot be shown for a customer.</summary>
    public static string NotFor(Language say, string why) =>
        Of(say[$"このお客様には表示できません: {why}", $"It cannot be shown for this customer: {why}"]);

    private static string Note(string html) =>
        Page($"<div style=\"padding:16px;font:15px/1.7 sans-serif;color:#1b211f\">{html}</div>");

    private static string Page(string body) =>
        $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Preview</title></head><body "
        + $"style=\"margin:0;background:#fff\">{body}</body></html>";

    private static string WithHead(string html, string head)
    {
        var body = html.IndexOf("<body", StringComparison.Ordinal);
        var end = body < 0 ? -1 : html.IndexOf('>', body);
        return end < 0 ? head + html : html.Insert(end + 1, head);
    }

    private static string Head(InboxLine inbox, bool dark)
    {
        var (ground, ink, soft) = dark ? ("#101213", "#f2f2f0", "#b4b8b4") : ("#ffffff", "#1b211f", "#59635f");
        var subjects = string.Concat(inbox.Subjects.Select((subject, n) =>
            $"<div style=\"font-weight:{(n == 0 ? "bold" : "normal")}\">"
            + (inbox.Subjects.Count > 1 ? $"<span style=\"color:{soft}\">{(char)('A' + n)}</span> " : "")
                + Say(subject) + "</div>"));
        return $"<div style=\"padding:10px 16px;font:14px/1.6 "
            + $"sans-serif;background:{ground};color:{ink};border-bottom:1px solid #8b9691\">"
            + $"<div style=\"color:{soft}\">{Say(inbox.From)}</div>{subjects}"
            + $"<div style=\"color:{soft}\">{Say(inbox.Preheader ?? "")}</div></div>";
    }

    private static string Say(string text) => WebUtility.HtmlEncode(text);
}
