using System.Net;
using System.Text;

namespace Automation.Console.Answers;

/// <summary>An answer as somebody sees it in the chat: the document of a preview's frame, with inline styles and
/// nothing that runs. Pure.</summary>
public static class AnswerPicture
{
    private const string Chat = "margin:0;padding:16px;background:#eef0f3;font:14px/1.6 -apple-system,"
        + "BlinkMacSystemFont,'Hiragino Sans','Yu Gothic Medium',Meiryo,sans-serif;color:#111";
    private const string Balloon = "max-width:300px;border-radius:16px;padding:10px 14px;margin:0 0 10px;"
        + "white-space:pre-wrap;overflow-wrap:anywhere;width:fit-content";

    /// <param name="ask">How somebody asks.</param>
    /// <param name="said">What is answered.</param>
    /// <param name="links">The words of its links.</param>
    /// <param name="note">What else is to be said of it; null: nothing.</param>
    public static string Html(string ask, string said, IEnumerable<string> links, string? note)
    {
        var page = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Chat</title></head>")
            .Append("<body style=\"").Append(Chat).Append("\">");
        page.Append("<div style=\"").Append(Balloon).Append(";background:#06705a;color:#fff;margin-left:auto\">")
            .Append(WebUtility.HtmlEncode(ask)).Append("</div>");
        page.Append("<div style=\"").Append(Balloon).Append(";background:#fff\">")
            .Append(WebUtility.HtmlEncode(said)).Append("</div>");
        foreach (var link in links)
            page.Append("<div style=\"").Append(Balloon)
                .Append(";background:#fff;border:1px solid #06705a;color:#06705a;padding:6px 14px\">")
                .Append(WebUtility.HtmlEncode(link)).Append("</div>");
        if (note is not null)
            page.Append("<p style=\"color:#555\">").Append(WebUtility.HtmlEncode(note)).Append("</p>");
        return page.Append("</body></html>").ToString();
    }
}
