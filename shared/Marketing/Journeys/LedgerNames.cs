using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Journeys;

/// <summary>Under which place the ledger knows the effects of a walk that was moved. A mail that went out, or may have,
/// keeps the place it went out from, so that the ledger finds it there and nobody gets it twice; a place that was
/// another mail's is not used again. Pure.</summary>
public static class LedgerNames
{
    /// <summary>By the new version's cursors; only those that differ from the cursor.</summary>
    /// <param name="walk">As it was.</param>
    /// <param name="sends">The walk's sends so far.</param>
    /// <param name="pairs">Old cursors to new ones (<see cref="StepPairs"/>).</param>
    public static IReadOnlyDictionary<string, string>? Of(
        Enrollment walk, IReadOnlyList<Send> sends, Journey old, PublishedJourney now,
        IReadOnlyDictionary<string, string> pairs)
    {
        var (names, placed) = (new Dictionary<string, string>(StringComparer.Ordinal), PlacedSteps.Of(now.Journey));
        var used = sends.Select(send => Place(send.For)).ToHashSet(StringComparer.Ordinal);
        foreach (var step in PlacedSteps.Of(old))
            if (step.Step is Step.Call or Step.Start or Step.TakeCoupon) used.Add(walk.LedgerName(step.Cursor));
        var same = pairs.ToLookup(pair => pair.Value, pair => pair.Key);
        var went = sends.Where(send => send.State != SendState.Refused).OrderBy(send => send.At)
            .ToLookup(send => send.Mail, send => Place(send.For));
        var nth = Occurrences(now.Journey.Steps);
        foreach (var step in placed)
        {
            var name = step.Step switch
            {
                Step.Send send => send.Texts.SelectMany(text => went[text.Name]).Distinct()
                    .ElementAtOrDefault(nth[step.Cursor]),
                Step.Call or Step.Start or Step.TakeCoupon => same[step.Cursor]
                    .Where(cursor => IsSame(old, cursor, step))
                    .Select(walk.LedgerName).FirstOrDefault(),
                _ => step.Cursor,
            };
            name ??= used.Contains(step.Cursor)
                ? string.Create(CultureInfo.InvariantCulture, $"{step.Cursor}~{now.Version}")
                : step.Cursor;
            if (name != step.Cursor) names[step.Cursor] = name;
        }
        return names.Count == 0 ? null : names;
    }

    /// <summary>What stands behind the @ of a reason.</summary>
    public static string Place(string reason) =>
        Ledger.Shared(reason)[(reason.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private static bool IsSame(Journey old, string cursor, PlacedStep step) =>
        Cursors.Find(old, cursor) is { } before && new PlacedStep(cursor, before).Signature == step.Signature;

    /// <summary>How often a mail stands on the way to each of its steps; ways that exclude each other do not add
    /// up.</summary>
    private static Dictionary<string, int> Occurrences(IReadOnlyList<Step> steps)
    {
        var (nth, so) =
            (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        Count(steps, "", so, nth);
        return nth;
    }

    private static void Count(
        IReadOnlyList<Step>? steps, string at, Dictionary<string, int> so, Dictionary<string, int> nth)
    {
        for (var n = 0; n < (steps?.Count ?? 0); n++)
        {
            var cursor = at + n.ToString(CultureInfo.InvariantCulture);
            if (steps![n] is Step.Send send)
            {
                nth[cursor] = so.GetValueOrDefault(send.Name);
                so[send.Name] = nth[cursor] + 1;
            }
            var most = new Dictionary<string, int>(so, StringComparer.Ordinal);
            foreach (var (door, nested) in PlacedSteps.Doors(steps[n]))
            {
                var inside = new Dictionary<string, int>(so, StringComparer.Ordinal);
                Count(nested, $"{cursor}/{door}/", inside, nth);
                foreach (var (mail, count) in inside) most[mail] = Math.Max(count, most.GetValueOrDefault(mail));
            }
            foreach (var (mail, count) in most) so[mail] = count;
        }
    }
}
