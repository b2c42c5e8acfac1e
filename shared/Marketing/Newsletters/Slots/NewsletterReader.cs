using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>Reads a newsletter's file; refuses every mistake with its place.</summary>
public static class NewsletterReader
{
    public static readonly IReadOnlyDictionary<string, HolidayRule> HolidayRules = Reads.Words<HolidayRule>();
    public static readonly IReadOnlyDictionary<string, LateOtherwise> Otherwise = Reads.Words<LateOtherwise>();

    /// <summary>The newsletter, or all problems of the file. Its id is the file's name without folder and
    /// ending.</summary>
    /// <param name="issues">The files of its folder, without their ending; null: not known just now.</param>
    public static (Newsletter? Newsletter, IReadOnlyList<Problem> Problems) Read(
        string fileName, ReadOnlySpan<byte> json, Names known, IReadOnlyCollection<string>? issues = null)
    {
        var reading = new Reading(fileName, json, known);
        var id = Path.GetFileNameWithoutExtension(fileName);
        if (!JourneyReader.IsWellFormedId(id))
            reading.Say(0, $"\"{id}\" cannot be a newsletter's name: small letters, digits and hyphens, at most 60");
        if (Entries.Of(reading, reading.Parse(), NewsletterShapes.Newsletter, "a newsletter") is not { } entries)
            return (null, reading.Problems);
        var bare = new Newsletter { Name = "", On = [], At = default };
        entries.Text("about");
        var newsletter = bare with
        {
            Id = id,
            Name = entries.Text("name") ?? "",
            On = reading.Weekdays(entries["on"], "on") ?? [],
            At = entries.Time("at") ?? default,
            TimeZone = Zone(reading, entries),
            Audience = reading.Condition(entries["audience"], Scope.Customer),
            Late = Late(reading, entries["late"]) ?? bare.Late,
            Holidays = entries.Word("holidays", HolidayRules) ?? default,
            Fallbacks = Fallbacks(reading, entries["fallback"], issues),
            FallbackAgainAfter = AgainAfter(reading, entries) ?? bare.FallbackAgainAfter,
            WarnDays = WarnDays(reading, entries["warnDays"]) ?? bare.WarnDays,
        };
        return (reading.Failed ? null : newsletter, reading.Problems);
    }

    private static string? Zone(Reading reading, Entries entries)
    {
        if (entries.Text("timeZone") is not { } text || Zones.Find(text) is not null) return entries["timeZone"]?.Text;
        reading.Say(entries["timeZone"]!, $"\"{text}\" is not an IANA time zone; zones read \"Asia/Tokyo\"",
            Nearest.To(text, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)));
        return null;
    }

    private static LatePolicy? Late(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, NewsletterShapes.Late, "late") is not { } entries) return null;
        if (entries.Node.Members.Count == 0)
            reading.Say(entries.Node, "\"late\" says nothing: leave it out, or say sendWithin or otherwise");
        return new LatePolicy(entries.Period("sendWithin"), entries.Word("otherwise", Otherwise) ?? LateOtherwise.Skip);
    }

    /// <summary>One, or a list of them.</summary>
    private static List<string> Fallbacks(Reading reading, Node? node, IReadOnlyCollection<string>? issues)
    {
        var names = new List<string>();
        if (node is { Kind: JsonValueKind.Array }) reading.List(
            node, "fallback", item => Fallback(reading, item, issues, names));
        else if (node is not null) Fallback(reading, node, issues, names);
        return names;
    }

    private static string? Fallback(Reading reading, Node node, IReadOnlyCollection<string>? issues, List<string> names)
    {
        if (reading.Text(node, "fallback") is not { } name) return null;
        if (IssueId.IsDate(name)) reading.Say(
            node, $"\"{name}\" is the issue of a day, not one for any day", "fallback");
        else if (issues is not null && !issues.Contains(name)) reading.Unknown(
            node, "issue", name, issues.Where(issue => !IssueId.IsDate(issue)));
        else if (names.Contains(name)) reading.Say(node, $"{name} is here twice");
        names.Add(name);
        return name;
    }

    private static Period? AgainAfter(Reading reading, Entries entries)
    {
        if (entries["fallbackAgainAfter"] is { } node && entries["fallback"] is null)
            reading.Say(
                node,
                "\"fallbackAgainAfter\" needs \"fallback\": which issue goes out in an empty slot",
                "\"fallback\": \"fallback\"");
        return entries.Period("fallbackAgainAfter");
    }

    private static IReadOnlyList<int>? WarnDays(Reading reading, Node? node)
    {
        var days = new List<int>();
        var read = reading.List(node, "warnDays", item =>
        {
            if (item.Kind != JsonValueKind.Number || !reading.Element(item).TryGetInt32(out var day)
                || day is < 1 or > 28) reading.Say(item, "\"warnDays\" are whole numbers from 1 to 28");
            else if (days.Contains(day)) reading.Say(item, $"{day} is here twice");
            else days.Add(day);
            return item;
        });
        return read is null ? null : [.. days.OrderDescending()];
    }
}
