using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Reads the steps of one journey.</summary>
internal sealed class StepReader(Reading reading, Trigger? trigger)
{
    private readonly List<(string Journey, int At)> starts = [];

    /// <summary>What holds for whoever comes to the step that is being read.</summary>
    private readonly Stack<Condition?> holds = new(
        [trigger?.Where, (trigger as Trigger.Becomes)?.If]);

    /// <summary>The journeys it starts and where it says so.</summary>
    public IReadOnlyList<(string Journey, int At)> Starts => starts;

    public IReadOnlyList<Step>? Steps(Node? node, string name)
    {
        var steps = reading.List(node, name, Step);
        if (node is { Kind: JsonValueKind.Array })
            for (var i = 0; i + 1 < node.Items.Count; i++)
                if (Do(node.Items[i]) is { Text: "leave" })
                    reading.Say(node.Items[i + 1], "nobody ever comes here: the step before leaves");
        return steps;
    }

    private static Node? Do(Node node) => node.Members.FirstOrDefault(member => member.Name == "do")?.Value;

    private Step? Step(Node node)
    {
        if (node.Kind == JsonValueKind.Object && Do(node) is null)
        {
            reading.Say(node, "a step needs \"do\": which step is it?");
            return null;
        }
        if (node.Kind == JsonValueKind.Object && reading.Text(Do(node), "do") is not { }) return null;
        var word = Do(node)?.Text ?? "";
        if (node.Kind == JsonValueKind.Object && !JourneyShapes.Steps.ContainsKey(word))
        {
            reading.Unknown(Do(node)!, "step", word, JourneyShapes.Steps.Keys);
            return null;
        }
        if (Entries.Of(reading, node, JourneyShapes.Steps.GetValueOrDefault(word) ?? JourneyShapes.Steps["send"],
            node.Kind == JsonValueKind.Object ? $"the step {word}" : "a step") is not { } entries) return null;
        return word switch
        {
            "send" => Send(entries),
            "wait" => Wait(entries),
            "waitFor" => WaitFor(entries),
            "branch" => Branch(entries),
            "split" => new Step.Split(new SplitReader(reading, this).Arms(entries["arms"])),
            "update" => Update(entries),
            "coupon" => new Step.TakeCoupon(reading.Name(entries["pool"], "pool", reading.Known.Coupons) ?? ""),
            "call" => Call(entries),
            "start" => Start(entries),
            _ => new Step.Leave(entries.Text("because") ?? ""),
        };
    }

    private Step.Send Send(Entries entries)
    {
        if (!entries.Has("mail") && !entries.Has("line"))
            reading.Say(entries.Node, "the step send needs \"mail\" or \"line\"");
        if (entries.Has("by") && !(entries.Has("mail") && entries.Has("line")))
            reading.Say(entries["by"]!, "\"by\" chooses between \"mail\" and \"line\": both must be there");
        return new Step.Send(
            reading.Name(entries["mail"], "mail", reading.Known.Mails),
            reading.Name(entries["line"], "line", reading.Known.Lines),
            entries.Word("by", By) ?? SendBy.Preferred);
    }

    internal static readonly IReadOnlyDictionary<string, SendBy> By = Reads.Words<SendBy>();

    private Step.Wait Wait(Entries entries)
    {
        if (entries.Has("for") == entries.Has("until"))
            reading.Say(entries.Node, entries.Has("for")
                ? "a wait is either \"for\" a period or \"until\" a moment, not both"
                : "a wait needs \"for\" (a period) or \"until\" (a moment)");
        var isLength = entries["for"] is { Kind: JsonValueKind.Object };
        var wait = new Step.Wait(isLength ? null : entries.Period("for"), reading.Until(entries["until"]))
        {
            Length = isLength ? reading.Length(entries["for"], Only) : null,
        };
        if (Waits.FieldOf(wait) is { } field && (wait.Until?.Missing ?? wait.Length?.Missing) is null
            && MayBeMissing(field))
            reading.Warn((entries["until"] ?? entries["for"])!,
                $"whoever has no {field} leaves here; if that is meant, say \"missing\": \"leave\", else "
                + "\"missing\": \"continue\"");
        return wait;
    }

    /// <summary>The one event that begins it; null: there are several, or none.</summary>
    private string? Only => trigger is Trigger.On { Events.All: [var only] } ? only : null;

    /// <summary>Some are always there, some wherever this trigger happens, and some were asked for on the way
    /// here.</summary>
    private bool MayBeMissing(string field) =>
        !FieldsKnown.Always.Contains(field)
        && (trigger as Trigger.Dated)?.When.Field != field
        && !(trigger is Trigger.On on && on.Events.All.All(type => FieldsKnown.With(type).Contains(field)))
        && !holds.Any(condition => Conditions.Requires(condition, field));

    private Step.WaitFor WaitFor(Entries entries)
    {
        var events = reading.Events(entries["event"]);
        return new Step.WaitFor
        {
            Events = events ?? new(""),
            UpTo = entries.Period("upTo") ?? default,
            Where = reading.Condition(entries["where"], Scopes.Of(events, trigger)),
            Then = Steps(entries["then"], "then"),
            Else = Steps(entries["else"], "else"),
        };
    }

    /// <summary>A branch looks at the event the journey was started by.</summary>
    private Step.Branch? Branch(Entries entries)
    {
        var condition = reading.Condition(entries["if"], Scopes.Within(trigger));
        holds.Push(condition);
        var then = Steps(entries["then"], "then");
        holds.Pop();
        var otherwise = Steps(entries["else"], "else");
        return condition is null ? null : new Step.Branch(condition, then ?? [], otherwise);
    }

    private Step.Update Update(Entries entries)
    {
        if (entries.Node.Members.Count == 1)
            reading.Say(entries.Node, "this update changes nothing: it needs \"addTags\", \"removeTags\" or \"set\"");
        return new Step.Update(entries.Texts("addTags"), entries.Texts("removeTags"),
            reading.Attributes(entries["set"], "set", mayClear: true));
    }

    private Step.Call Call(Entries entries)
    {
        if (entries.Text("url") is { } text)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps
                || url.UserInfo.Length > 0)
                reading.Say(entries["url"]!, $"\"{text}\" is not an https address");
            else if (reading.Known.Shop is { } shop
                && !shop.CallHosts.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase))
                reading.Say(entries["url"]!, $"{url.IdnHost} is not among callHosts in shop.json",
                    Marketing.Time.Nearest.To(url.IdnHost, shop.CallHosts));
        }
        if (entries["body"] is { Kind: not JsonValueKind.Object } body)
            reading.Say(body, $"\"body\" must be an object {{ }}, not {body.InWords}");
        return new Step.Call(entries["url"]?.Text ?? "",
            entries["body"]?.Members.ToDictionary(member => member.Name, member => reading.Element(member.Value)));
    }

    private Step.Start Start(Entries entries)
    {
        var journey = reading.Name(entries["journey"], "journey", reading.Known.Journeys);
        if (journey is not null) starts.Add((journey, entries["journey"]!.Start));
        return new Step.Start(journey ?? "");
    }
}
