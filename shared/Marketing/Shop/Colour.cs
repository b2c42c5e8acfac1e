using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Marketing.Shop;

/// <summary>Colours as they are written in shop.json, #rrggbb, and how well one is read on another. Pure.</summary>
public static partial class Colour
{
    /// <summary>WCAG 2.2, 1.4.3: the least contrast of text and its ground.</summary>
    public const double LeastContrast = 4.5;

    public static bool Is(string text) => Pattern().IsMatch(text);

    /// <summary>WCAG's contrast of two colours: 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    public static bool IsReadable(string text, string ground) => Contrast(text, ground) >= LeastContrast;

    /// <summary>The nearest shade of a colour that can be read on a ground: darker on light ones, lighter on dark
    /// ones.</summary>
    public static string Readable(string colour, string ground)
    {
        var towards = Luminance(ground) > 0.18 ? 0 : 255;
        for (var step = 0; step < 20; step++)
            if (Mixed(colour, towards, step / 20.0) is var shade && IsReadable(shade, ground)) return shade;
        return towards == 0 ? "#000000" : "#ffffff";
    }

    private static string Mixed(string colour, int towards, double share)
    {
        var rgb = Rgb(colour);
        return $"#{Part(rgb >> 16):x2}{Part((rgb >> 8) & 255):x2}{Part(rgb & 255):x2}";

        int Part(int part) => (int)Math.Round(part + ((towards - part) * share));
    }

    private static double Luminance(string colour)
    {
        var rgb = Rgb(colour);
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));

        static double Linear(int part) =>
            part / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static int Rgb(string colour) =>
        int.Parse(colour.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Pattern();
}
