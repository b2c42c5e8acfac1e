using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Reads a journey as marketers write it; refuses every mistake with its place.</summary>
public static class JourneyReader
{
    private static readonly IReadOnlyDictionary<string, Purpose> Purposes = Reads.Words<Purpose>();

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
        var trigger = reading.Trigger(entries["trigger"]);
        var steps = new StepReader(reading, trigger);
        var journey = new Journey
        {
            Id = id,
            Name = entries.Text("name") ?? "",
            Purpose = entries.Word("purpose", Purposes) ?? default,
            Trigger = trigger ?? new Trigger.On(new EventNames("")),
            Reentry = Reentry(reading, entries["reentry"], trigger),
            Per = reading.Per(entries["per"], trigger),
            Active = reading.Active(entries["active"]),
            LeaveOn = reading.List(entries["leaveOn"], "leaveOn", item => Match(reading, item, trigger)) ?? [],
            LeaveWhen = reading.Condition(entries["leaveWhen"], Scopes.Within(trigger)),
            Goal = Goal(reading, entries["goal"], trigger),
            Window = reading.Window(entries["window"]),
            Steps = steps.Steps(entries["steps"], "steps") ?? [],
        };
        entries.Text("about");
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

    private static EventMatch? Match(Reading reading, Node? node, Trigger? trigger)
    {
        if (Entries.Of(reading, node, JourneyShapes.Match, "an event") is not { } entries) return null;
        var name = reading.Event(entries["event"]);
        var where = reading.Condition(entries["where"], Scopes.Of(name is null ? null : new(name), trigger));
        return name is null ? null : new EventMatch(name, where);
    }

    private static Goal? Goal(Reading reading, Node? node, Trigger? trigger)
    {
        if (Entries.Of(reading, node, JourneyShapes.Goal, "the goal") is not { } entries) return null;
        var name = reading.Event(entries["event"]);
        var where = reading.Condition(entries["where"], Scopes.Of(name is null ? null : new(name), trigger));
        return name is null || entries.Period("within") is not { } period ? null : new Goal(name, period, where);
    }

    /// <summary>Left out, once; a journey that comes every year comes every year.</summary>
    private static Reentry Reentry(Reading reading, Node? node, Trigger? trigger)
    {
        if (node is null)
            return trigger is Trigger.Dated { When.Yearly: true } ? Journeys.Reentry.Always : Journeys.Reentry.Never;
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

    private static void CheckWindow(Reading reading, Journey journey, Entries entries)
    {
        if (journey.Purpose == Purpose.Marketing && journey.Window is { } window
            && reading.Known.Shop?.QuietHours is { } quiet
            && Openings.Next([window, quiet.Outside], DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null)
            reading.Say(
                entries["window"]!, "the window lies wholly in the shop's quiet hours: nothing could ever be sent");
    }
}
