using System.Globalization;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>What frames have in common: <see cref="MailPage"/>'s, and the customer's page. Pure.</summary>
public static class Layout
{
    public const string OptOut = "今後このようなご案内が不要な場合は、下記よりいつでも配信を停止いただけます。";
    private const string DefaultAccent = "#2f5d50";

    /// <summary>The colour if it is one (#rrggbb): it goes into style attributes.</summary>
    public static string Accent(string accent) => Colour.Is(accent) ? accent : DefaultAccent;

    /// <summary>Ink that can be read on the accent: white, or near black on light accents.</summary>
    public static string OnAccent(string accent)
    {
        var rgb = int.Parse(Accent(accent).AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var light = (0.299 * (rgb >> 16)) + (0.587 * ((rgb >> 8) & 255)) + (0.114 * (rgb & 255));
        return light > 160 ? "#1f2321" : "#ffffff";
    }
}
