using System.Net;
using System.Text;
using System.Text.Json;

namespace Automation.Console.Lines;

/// <summary>A message object of LINE's as somebody sees it on a phone: the document of a preview's frame, with inline
/// styles and nothing that runs. It draws what the shop's texts can become, and no more. Pure.</summary>
public static class LinePicture
{
    private const string Chat = "margin:0;padding:16px;background:#8cabd8;font:14px/1.6 -apple-system,"
        + "BlinkMacSystemFont,'Hiragino Sans','Yu Gothic Medium',Meiryo,sans-serif;color:#111";
    private const string Balloon = "display:inline-block;max-width:300px;background:#fff;border-radius:16px;"
        + "overflow:hidden;vertical-align:top;margin:0 8px 8px 0;overflow-wrap:anywhere";

    /// <param name="json">The message object.</param>
    /// <param name="alt">What notifications show.</param>
    public static string Html(string json, string alt, Language say)
    {
        using var document = JsonDocument.Parse(json);
        var message = document.RootElement;
        var page = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>LINE</title></head>");
        page.Append("<body style=\"").Append(Chat).Append("\"><p style=\"margin:0 0 12px;padding:8px 12px;")
            .Append("background:rgba(255,255,255,.85);border-radius:12px\"><small>")
            .Append(Safe(say["通知", "Notification"])).Append("</small><br>").Append(Safe(alt)).Append("</p>");
        if (Of(message, "type") == "text")
            page.Append("<div style=\"").Append(Balloon).Append(";padding:10px 14px;white-space:pre-wrap\">")
                .Append(Safe(Of(message, "text"))).Append("</div>");
        else
        {
            page.Append("<div style=\"white-space:nowrap;overflow-x:auto\">");
            foreach (var bubble in Bubbles(message.GetProperty("contents"))) Bubble(page, bubble);
            page.Append("</div>");
        }
        Replies(page, message);
        return page.Append("</body></html>").ToString();
    }

    private static List<JsonElement> Bubbles(JsonElement contents) =>
        Of(contents, "type") == "carousel" ? [.. contents.GetProperty("contents").EnumerateArray()] : [contents];

    private static void Bubble(StringBuilder page, JsonElement bubble)
    {
        page.Append("<div style=\"").Append(Balloon).Append(";width:300px;white-space:normal\">");
        if (bubble.TryGetProperty("hero", out var hero)) Component(page, hero);
        foreach (var part in (string[])["body", "footer"])
            if (bubble.TryGetProperty(part, out var box))
            {
                page.Append("<div style=\"padding:16px\">");
                Component(page, box);
                page.Append("</div>");
            }
        page.Append("</div>");
    }

    private static void Component(StringBuilder page, JsonElement one)
    {
        switch (Of(one, "type"))
        {
            case "box":
                var across = Of(one, "layout") == "horizontal";
                var frame = Of(one, "borderWidth").Length > 0
                    ? "border:1px solid #ccc;border-radius:8px;padding:12px;" : "";
                page.Append("<div style=\"").Append(frame).Append("display:flex;gap:8px;flex-direction:")
                    .Append(across ? "row" : "column").Append("\">");
                foreach (var inner in one.GetProperty("contents").EnumerateArray()) Component(page, inner);
                page.Append("</div>");
                break;
            case "text":
                page.Append("<div style=\"white-space:pre-wrap;").Append(Look(one)).Append("\">")
                    .Append(Safe(Of(one, "text"))).Append("</div>");
                break;
            case "image":
                page.Append("<img alt=\"\" style=\"display:block;width:100%").Append(
                    Of(one, "aspectMode") == "cover" ? ";aspect-ratio:20/13;object-fit:cover" : "")
                    .Append("\" src=\"").Append(Safe(Of(one, "url"))).Append("\">");
                break;
            case "button":
                var isFirst = Of(one, "style") == "primary";
                page.Append("<div style=\"text-align:center;padding:8px;border-radius:8px;font-weight:bold;")
                    .Append(isFirst ? $"color:#fff;background:{Safe(Of(one, "color"))}" : "background:#dcdfe5")
                    .Append("\">").Append(Safe(Label(one))).Append("</div>");
                break;
        }
    }

    private static string Look(JsonElement text)
    {
        var size = Of(text, "size") switch { "xl" => 20, "lg" => 17, "sm" => 12, _ => 14 };
        var look = new StringBuilder().Append("font-size:").Append(size).Append("px;");
        if (Of(text, "weight") == "bold") look.Append("font-weight:bold;");
        if (Of(text, "color") is { Length: > 0 } color) look.Append("color:").Append(Safe(color)).Append(';');
        look.Append(text.TryGetProperty("flex", out _) ? "" : "flex:1;");
        return look.Append(Of(text, "align") switch
        {
            "end" => "text-align:right",
            "center" => "text-align:center",
            _ => ""
        }).ToString();
    }

    private static void Replies(StringBuilder page, JsonElement message)
    {
        if (!message.TryGetProperty("quickReply", out var quick)) return;
        page.Append("<div style=\"margin-top:8px\">");
        foreach (var item in quick.GetProperty("items").EnumerateArray())
            page.Append("<span style=\"display:inline-block;margin:0 6px 6px 0;padding:6px 12px;border-radius:16px;"
                + "background:#fff\">").Append(Safe(Label(item))).Append("</span>");
        page.Append("</div>");
    }

    private static string Label(JsonElement one) => Of(one.GetProperty("action"), "label");

    private static string Of(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
