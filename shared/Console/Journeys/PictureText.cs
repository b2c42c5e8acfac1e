namespace Automation.Console.Journeys;

/// <summary>Text inside a box of a drawing: two lines at most. Pure.</summary>
public static class PictureText
{
    /// <summary>So much fits into a line, where a Japanese letter takes 2 and a Latin one a little more than
    /// 1.</summary>
    private const double Room = 34;

    public static IReadOnlyList<string> Lines(string text)
    {
        var (first, rest) = Cut(text);
        if (rest.Length == 0) return [first];
        var (second, more) = Cut(rest);
        return [first, more.Length == 0 ? second : $"{second[..^1]}…"];
    }

    /// <summary>As much as fits, if possible up to a space.</summary>
    private static (string Line, string Below) Cut(string text)
    {
        var (taken, space) = (0.0, -1);
        for (var n = 0; n < text.Length; n++)
        {
            taken += text[n] > 0x2e80 ? 2 : 1.15;
            if (text[n] == ' ') space = n;
            if (taken <= Room) continue;
            var end = space > n / 2 ? space : n;
            return (text[..end], text[end..].TrimStart());
        }
        return (text, "");
    }
}
