using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>A step with its place.</summary>
public sealed record PlacedStep(string Cursor, Step Step)
{
    /// <summary>What makes two steps the same one, whatever is nested in them.</summary>
    public string Signature { get; } = Sign(Step);

    /// <summary>May somebody stand here for long? Others are passed at once.</summary>
    public bool Holds => Step is Step.Wait or Step.WaitFor or Step.Send or Step.TakeCoupon;

    private static string Sign(Step step) => step switch
    {
        Step.Send { Line: null } send => $"send {send.Mail}",
        Step.Send send => $"send {send.Mail} line {send.Line} {send.By}",
        Step.Wait { For: { } period } => $"wait {period}",
        Step.Wait { Length: { } length } => $"wait {length}",
        Step.Wait { Until: { } until } => $"wait {Days(until.Days)} {until with { Days = null }}",
        Step.WaitFor waitFor => $"waitFor {waitFor.Events} {waitFor.UpTo} {Where(waitFor.Where)}",
        Step.Branch branch => $"branch {Where(branch.If)}",
        Step.Split split => $"split {string.Join(' ', split.Arms.Select(arm => $"{arm.Name}={arm.Percent}"))}",
        Step.Update update => Updates.InWords(update),
        Step.TakeCoupon coupon => $"coupon {coupon.Pool}",
        Step.Call call => $"call {call.Url} {Body(call.Body)}",
        _ => $"{step}",
    };

    private static string Where(Condition? where) => where is null ? "" : Conditions.InWords(where);
    private static string Days(IReadOnlyList<DayOfWeek>? days) => days is null ? "" : string.Join(',', days);

    private static string Body(IReadOnlyDictionary<string, JsonElement>? body) =>
        string.Join(
            ',', (body ?? new Dictionary<string, JsonElement>()).Select(one => $"{one.Key}={one.Value.GetRawText()}"));
}

/// <summary>All steps of a journey with their places, in the order in which they are read. Pure.</summary>
public static class PlacedSteps
{
    public static IReadOnlyList<PlacedStep> Of(Journey journey) => [.. List(journey.Steps, "")];

    private static IEnumerable<PlacedStep> List(IReadOnlyList<Step>? steps, string at)
    {
        for (var n = 0; n < (steps?.Count ?? 0); n++)
        {
            var (step, cursor) = (steps![n], at + n.ToString(CultureInfo.InvariantCulture));
            yield return new(cursor, step);
            foreach (var (door, nested) in Doors(step))
                foreach (var inner in List(nested, $"{cursor}/{door}/")) yield return inner;
        }
    }

    /// <summary>The lists nested in a step, by the door that leads there.</summary>
    internal static IEnumerable<(string Door, IReadOnlyList<Step>? Steps)> Doors(Step step) => step switch
    {
        Step.WaitFor waitFor => [("then", waitFor.Then), ("else", waitFor.Else)],
        Step.Branch branch => [("then", branch.Then), ("else", branch.Else)],
        Step.Split split => split.Arms.Select(arm => ($"arms/{arm.Name}", arm.Steps)),
        _ => [],
    };
}
