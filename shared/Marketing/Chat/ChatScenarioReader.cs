using System.Globalization;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>Reads scenarios of the chat; refuses every mistake with its place.</summary>
public static class ChatScenarioReader
{
    /// <summary>The kinds of replies, by the words of scenarios.</summary>
    public static readonly IReadOnlyDictionary<string, ReplyKind> Kinds = Reads.Words<ReplyKind>();

    public static readonly IReadOnlyList<string> Things = ["picture", "file", "sticker"];

    /// <summary>The scenario, or all problems of the file.</summary>
    public static (ChatScenario? Scenario, IReadOnlyList<Problem> Problems) Read(
        string fileName, ReadOnlySpan<byte> json, Names known)
    {
        var reading = new Reading(fileName, json, known);
        if (Entries.Of(reading, reading.Parse(), ChatScenarioShapes.Scenario, "a scenario of the chat")
            is not { } entries) return (null, reading.Problems);
        entries.Text("about");
        if (known.Shop is { Chat: null })
            reading.Say(entries.Node, "the shop has no chat: say \"chat\" in shop.json");
        var talks = reading.List(entries["conversations"], "conversations", item => Talk(reading, item)) ?? [];
        return (reading.Failed ? null : new(Path.GetFileName(fileName)[..^ChatScenario.Ending.Length], talks),
            reading.Problems);
    }

    private static ChatTalk? Talk(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, ChatScenarioShapes.Talk, "a conversation") is not { } entries) return null;
        var at = Start(reading, entries);
        var who = Entries.Of(reading, entries["who"], ChatScenarioShapes.Who, "who");
        return new ChatTalk
        {
            About = entries.Text("about"),
            At = at,
            IsLinked = who?.Flag("linked") ?? false,
            Orders =
            [
                .. (reading.List(who?["orders"], "orders", order => Order(reading, order, at)) ?? [])
                    .OrderByDescending(order => order.PlacedAt),
            ],
            Turns = reading.List(entries["turns"], "turns", turn => Turn(reading, turn)) ?? [],
        };
    }

    private static DateTime Start(Reading reading, Entries entries)
    {
        if (entries.Text("at") is not { } text) return ChatTalk.DefaultStart;
        if (DateTime.TryParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var moment)) return moment;
        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.AddHours(11);
        reading.Say(entries["at"]!, $"\"{text}\" is not a moment; moments read \"2026-11-27T22:10\"");
        return ChatTalk.DefaultStart;
    }

    private static Order? Order(Reading reading, Node item, DateTime at)
    {
        if (Entries.Of(reading, item, ChatScenarioShapes.Order, "an order") is not { } entries) return null;
        var zone = Zones.Of(null, reading.Known.Shop?.TimeZone ?? "UTC");
        var lines = reading.List(entries["lines"], "lines", line => ScenarioReader.Line(reading, line)) ?? [];
        var (number, placed) = (entries.Text("number") ?? "", Day("placed"));
        return placed is not { } then ? null : new Order
        {
            Source = "scenario",
            Id = number.TrimStart('#'),
            Number = number,
            PlacedAt = then,
            UpdatedAt = then,
            Currency = reading.Known.Shop?.Currency ?? "JPY",
            Total = entries.Number("total", 0, 1_000_000_000) ?? lines.Sum(line => line.Price * line.Quantity),
            FulfilledAt = Day("shipped"),
            DeliveredAt = Day("delivered"),
            CancelledAt = Day("cancelled"),
            Lines = lines,
        };

        DateTimeOffset? Day(string name) => entries.Whole(name, -3650, 3650) is { } day
            ? Zones.Instant(at.Date.AddDays(day).AddHours(day == 0 ? at.Hour : 12), zone) : null;
    }

    private static ChatTurn? Turn(Reading reading, Node item)
    {
        if (Entries.Of(reading, item, ChatScenarioShapes.Turn, "a turn") is not { } entries) return null;
        var (say, tap, send) = (entries.Text("say"), entries.Text("tap"), entries.Text("send"));
        if (new[] { say, tap, send }.Count(said => said is not null) != 1)
            reading.Say(item, "a turn has one of \"say\", \"tap\" and \"send\"");
        if (send is not null && !Things.Contains(send)) reading.Unknown(entries["send"]!, "thing", send, Things);
        var turn = new ChatTurn(say ?? tap ?? "", tap is not null)
        {
            Sends = send,
            Later = entries.Period("later"),
            Comes = entries.Word("comes", Kinds),
            Answer = reading.Name(entries["answer"], "answer", reading.Known.Answers),
            Contains = entries.Texts("contains") ?? [],
            Lacks = entries.Texts("lacks") ?? [],
        };
        if (turn is { Comes: null, Answer: null, Contains.Count: 0, Lacks.Count: 0 })
            reading.Say(item, "a turn says what must come back: \"comes\", \"answer\", \"contains\" or \"lacks\"");
        return turn;
    }
}
