using System.Globalization;
using System.Text.RegularExpressions;
using Automation.Marketing.Files;

namespace Automation.Marketing.Answers;

/// <summary>A link that goes with an answer: <c>料金表 https://…</c>.</summary>
public sealed record AnswerLink(string Words, string Url);

/// <summary>One answer of the shop in one language, as it was written: shop/answers/{name}.md, and
/// shop/answers/{name}.en.md in English.</summary>
public sealed partial record AnswerSource
{
    /// <summary>Characters of a file, and of what it says.</summary>
    public const int Longest = 20_000, LongestSaid = 2_000;

    /// <summary>Ways to ask, and links.</summary>
    public const int MostWays = 30, MostLinks = 3;

    private static readonly string[] Keys = ["ask", "topic", "links", "from", "until", "people"];

    /// <summary>The same for every language it is written in.</summary>
    public required string Name { get; init; }

    /// <summary>The language its file's name says, e.g. <c>en</c>; null: the shop's.</summary>
    public string? Language { get; init; }
    public required string File { get; init; }

    /// <summary>The file as written.</summary>
    public required string Text { get; init; }

    /// <summary>Ways to ask; the first is what it is called among several.</summary>
    public required IReadOnlyList<string> Ask { get; init; }

    /// <summary>What it is about, in a word: <c>delivery</c>, <c>cancel</c>, <c>receipt</c> and <c>address</c> also go
    /// with what is said of an order.</summary>
    public string? Topic { get; init; }
    public IReadOnlyList<AnswerLink> Links { get; init; } = [];

    /// <summary>The first and the last day on which it is true; null: always.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>Whoever asks this gets the answer, and a person of the shop besides.</summary>
    public bool People { get; init; }

    /// <summary>What is said, as plain text.</summary>
    public required string Said { get; init; }

    /// <summary>The name without the language behind it, and the language.</summary>
    public static (string Name, string? Language) Split(string name) =>
        LanguageMark().Match(name) is { Success: true } mark
            ? (name[..mark.Index], mark.Groups[1].Value)
            : (name, null);

    /// <summary>The answer, or what is wrong with its file.</summary>
    /// <param name="name">The file's path in shop/answers, without its ending.</param>
    public static (AnswerSource? Source, IReadOnlyList<Problem> Problems) Parse(string name, string text)
    {
        var file = $"answers/{name}.md";
        if (text.Length > Longest)
            return (null, [FrontMatter.At(file, text, Longest, $"an answer has at most {Longest} characters")]);
        var front = FrontMatter.Of(file, text, "an answer", Keys, "ask");
        var (ask, links) = (Ways(front), ReadLinks(front));
        var (from, until) = (Day(front, "from"), Day(front, "until"));
        if (until < from) front.Say(front["until"]!.Offset, "\"until\" is before \"from\"");
        var people = Flag(front, "people");
        var said = front.Problems.Count == 0 ? Say(front) : "";
        if (front.Problems.Count > 0) return (null, front.Problems);
        var (called, language) = Split(name);
        return (new()
        {
            Name = called,
            Language = language,
            File = file,
            Text = front.Text,
            Ask = ask,
            Topic = front["topic"]?.Text,
            Links = links,
            From = from,
            Until = until,
            People = people,
            Said = said,
        }, []);
    }

    private static string Say(FrontMatter front)
    {
        try
        {
            var said = AnswerText.Of(front.Body.Text);
            if (said.Length > LongestSaid) front.Say(
                front.Body.Offset, $"an answer says at most {LongestSaid} characters; here are {said.Length}");
            return said;
        }
        catch (AnswerShapeException wrong)
        {
            front.Say(front.Body.Offset + Math.Min(wrong.At, front.Body.Text.Length), wrong.Message);
            return "";
        }
    }

    private static List<string> Ways(FrontMatter front)
    {
        var ways = new List<string>();
        if (front["ask"] is not { } line) return ways;
        foreach (var (at, way) in line.Parts())
            if (way.Length == 0) front.Say(at, "this way to ask has no words", "送料はいくらですか | 配送料");
            else if (QuestionText.Core(way).Length == 0)
                front.Say(at, $"\"{way}\" says nothing by which it could be found");
            else ways.Add(way);
        if (ways.Count > MostWays)
            front.Say(line.Offset, $"there can be {MostWays} ways to ask; here are {ways.Count}");
        return ways;
    }

    private static List<AnswerLink> ReadLinks(FrontMatter front)
    {
        var links = new List<AnswerLink>();
        if (front["links"] is not { } line) return links;
        foreach (var (at, part) in line.Parts())
        {
            var space = part.LastIndexOf(' ');
            var url = part[(space + 1)..];
            if (space < 1 || !(Uri.TryCreate(url, UriKind.Absolute, out var web) && web.Scheme is "https" or "http"))
                front.Say(at, $"\"{part}\" is not a link; links read words, a space and an address",
                    "料金表 https://…");
            else links.Add(new(part[..space].TrimEnd(), url));
        }
        if (links.Count > MostLinks)
            front.Say(line.Offset, $"there can be {MostLinks} links; here are {links.Count}");
        return links;
    }

    private static DateOnly? Day(FrontMatter front, string key)
    {
        if (front[key] is not { } value) return null;
        if (DateOnly.TryParseExact(
            value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        front.Say(value.Offset, $"\"{value.Text}\" is not a day; days read \"2026-12-31\"",
            DateOnly.TryParse(value.Text, CultureInfo.InvariantCulture, out var loose)
                ? loose.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
        return null;
    }

    private static bool Flag(FrontMatter front, string key)
    {
        if (front[key] is not { } value) return false;
        if (value.Text is "true" or "false") return value.Text == "true";
        front.Say(value.Offset, $"\"{key}\" is true or false, not \"{value.Text}\"",
            Time.Nearest.To(value.Text, ["true", "false"]));
        return false;
    }

    [GeneratedRegex(@"\.([a-z]{2,3}(?:-[A-Z]{2})?)$")] private static partial Regex LanguageMark();
}
