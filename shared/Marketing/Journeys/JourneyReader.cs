using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Reads a journey as marketers write it; refuses every mistake with its place.</summary>
public static class JourneyReader
{
    private static readonly IReadOnlyDictionary<string, Purpose> Purposes = new Dictionary<string,
        Purpose>
    { ["transactional"] = Purpose.Transactional, ["marketing"] = Purpose.Marketing };
    private static readonly IReadOnlyDictionary<string, Per> Pers =
        new Dictionary<string, Per> { ["customer"] = Per.Customer, ["order"] = Per.Order };

    /// <summary>The journey, or all problems of the file. Its id is the file's name without folder and
    /// ending.</summary>
    public static (Journey? Journey, IReadOnlyList<Problem> Problems) Read(
        string fileName, ReadOnlySpan<byte> json, Names known)
    {
        var (journey, reading, _) = ReadWithStarts(fileName, json, known);
        return (journey, reading.Problems);
    }

    /// <summary>The same, and where it starts other journeys.</summary>
    internal static (Journey? Journey, Reading Reading, IReadOnlyList<(string Journey, int At)> Starts) ReadWithStarts(
        string fileName, ReadOnlySpan<byte> json, Names known)
    {
        var reading = new Reading(fileName, json, known);
        var id = Path.GetFileNameWithoutExtension(fileName);
        if (!IsWellFormedId(id))
            reading.Say(0, $"\"{id}\" cannot be a journey's name: small letters, digits and hyphens, at most 60");
        if (Entries.Of(reading, reading.Parse(), JourneyShapes.Journey, "a journey") is not { } entries)
            return (null, reading, []);
        var trigger = Match(reading, entries["trigger"], JourneyShapes.Trigger, "the trigger", null);
        var steps = new StepReader(reading, trigger?.Event, trigger?.Where);
        var journey = new Journey
        {
            Id = id,
            Name = entries.Text("name") ?? "",
            Purpose = entries.Word("purpose", Purposes) ?? default,
            Trigger = new Trigger(trigger?.Event ?? "", trigger?.Where),
            Reentry = Reentry(reading, entries["reentry"]),
            Per = entries.Word("per", Pers) ?? default,
            LeaveOn = reading.List(entries["leaveOn"], "leaveOn",
                item => Match(reading, item, JourneyShapes.Match, "an event", trigger?.Event)) ?? [],
            Goal = Goal(reading, entries["goal"], trigger?.Event),
            Window = reading.Window(entries["window"]),
            Steps = steps.Steps(entries["steps"], "steps") ?? [],
        };
        entries.Text("about");
        CheckPer(reading, journey, entries);
        CheckWindow(reading, journey, entries);
        if (!reading.Failed)
            foreach (var start in steps.Starts)
                if (start.Journey == id && Loops.StartsWithoutWaiting(journey).Contains(id))
                    reading.Say(start.At, $"{id} starts itself without a wait in between: it would never end");
        return (reading.Failed ? null : journey, reading, steps.Starts);
    }

    /// <summary>Fits into ids and rows: small ASCII letters, digits, hyphens and underscores.</summary>
    public static bool IsWellFormedId(string id) =>
        id.Length is > 0 and <= 60 && char.IsAsciiLetterOrDigit(id[0])
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static EventMatch? Match(Reading reading, Node? node, Shape shape, string what, string? trigger)
    {
        if (Entries.Of(reading, node, shape, what) is not { } entries) return null;
        var name = reading.Event(entries["event"]);
        var where = reading.Condition(entries["where"], Scope.On(name, trigger ?? name));
        return name is null ? null : new EventMatch(name, where);
    }

    private static Goal? Goal(Reading reading, Node? node, string? trigger)
    {
        if (Entries.Of(reading, node, JourneyShapes.Goal, "the goal") is not { } entries) return null;
        var name = reading.Event(entries["event"]);
        var (within, where) = (entries.Period("within"), reading.Condition(entries["where"], Scope.On(name, trigger)));
        return name is null || within is not { } period ? null : new Goal(name, period, where);
    }

    private static Reentry Reentry(Reading reading, Node? node)
    {
        if (node is null) return Journeys.Reentry.Never;
        if (node.Kind == JsonValueKind.Object)
            return Entries.Of(reading, node, JourneyShapes.Reentry, "reentry")?.Period("after") is { } after
                ? new Reentry.AfterPeriod(after) : Journeys.Reentry.Never;
        if (reading.Text(node, "reentry") is not { } word) return Journeys.Reentry.Never;
        if (word is not ("never" or "always"))
            reading.Say(
                node, $"unknown reentry \"{word}\"; it is \"never\", \"always\" or {{ \"after\": \"90 days\" }}",
                Nearest.To(word, ["never", "always"]));
        return word == "always" ? Journeys.Reentry.Always : Journeys.Reentry.Never;
    }

    private static void CheckPer(Reading reading, Journey journey, Entries entries)
    {
        if (journey.Per == Per.Order && journey.Trigger.Event is var name && People.EventTypes.All.Contains(name)
            && !name.StartsWith("order.", StringComparison.Ordinal))
            reading.Say(entries["per"]!, $"{name} is not about an order, so the journey cannot be walked per order");
    }

    private static void CheckWindow(Reading reading, Journey journey, Entries entries)
    {
        if (journey.Purpose == Purpose.Marketing && journey.Window is { } window
            && reading.Known.Shop?.QuietHours is { } quiet
            && Openings.Next([window, quiet.Outside], DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null)
            reading.Say(
                entries["window"]!, "the window lies wholly in the shop's quiet hours: nothing could ever be sent");
    }
}
