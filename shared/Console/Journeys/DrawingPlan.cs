using System.Globalization;
using Automation.Console.Words;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Console.Journeys;

/// <summary>Lays a journey out from top to bottom: branches side by side, coming together again below; waits as long as
/// the time they take, beside the longest one of the journey. Pure.</summary>
internal sealed class DrawingPlan(Language say, ShopSettings? shop)
{
    private const double Gap = 26, Between = 28, BoxHeight = 46, Door = 34, Margin = 12;
    private const double ShortestWait = 34, LongestWait = 190, Unmeasured = 56, Beside = 120;

    private readonly StepSentences words = new(say, new ConditionWords(say, shop));
    private readonly List<Box> boxes = [];
    private readonly List<WaitLine> waits = [];
    private readonly List<Way> ways = [];
    private double longest;

    public Drawing Of(Journey journey)
    {
        longest = Steps.All(journey.Steps).Select(Days).DefaultIfEmpty(0).Max();
        var width = Math.Max(Width(journey.Steps), Box.Width + Beside) + 2 * Margin;
        var middle = Margin + Left(journey.Steps);
        var begin = JourneySentences.Begin(journey.Trigger, say, new ConditionWords(say, shop));
        var y = Put(BoxKind.Trigger, null, begin, middle, Margin);
        y = List(journey.Steps, "", middle, y);
        var end = journey.Steps.Count.ToString(CultureInfo.InvariantCulture);
        if (!Ends(journey.Steps)) y = Put(BoxKind.End, end, say["終わり", "end"], middle, Go(middle, y));
        return new()
        {
            Width = width,
            Height = y + Margin,
            Boxes = boxes,
            Waits = waits,
            Ways = ways,
        };
    }

    private static double Days(Step step) => step switch
    {
        Step.Wait { For: { } period } => period.InDays(),
        Step.WaitFor waitFor => waitFor.UpTo.InDays(),
        _ => 0,
    };

    private double Long(double days) =>
        longest <= 0 ? ShortestWait : ShortestWait + (LongestWait - ShortestWait) * days / longest;

    private static bool Ends(IReadOnlyList<Step> steps) => steps is [.., Step.Leave];

    /// <summary>The room a list takes left and right of its own middle.</summary>
    private static double Width(IReadOnlyList<Step>? steps) => Left(steps) + Right(steps);

    private static double Left(IReadOnlyList<Step>? steps) =>
        (steps ?? []).Select(step => Doors(step) is { Count: > 0 } doors ? Across(doors) / 2 : Box.Width / 2)
            .Append(Box.Width / 2).Max();

    private static double Right(IReadOnlyList<Step>? steps) => (steps ?? [])
        .Select(step => Doors(step) is { Count: > 0 } doors ? Across(doors) / 2
            : step is Step.Wait ? Beside : Box.Width / 2)
        .Append(Box.Width / 2).Max();

    private static double Across(IReadOnlyList<IReadOnlyList<Step>?> doors) =>
        doors.Sum(Width) + Between * (doors.Count - 1);

    private static IReadOnlyList<IReadOnlyList<Step>?> Doors(Step step) => step switch
    {
        Step.Branch branch => [branch.Then, branch.Else],
        Step.WaitFor { Then: null or { Count: 0 }, Else: null or { Count: 0 } } => [],
        Step.WaitFor waitFor => [waitFor.Then, waitFor.Else],
        Step.Split split => [.. split.Arms.Select(arm => arm.Steps)],
        _ => [],
    };

    private double Put(BoxKind kind, string? cursor, string text, double middle, double y)
    {
        boxes.Add(new()
        {
            Kind = kind,
            Cursor = cursor,
            Text = text,
            X = middle - Box.Width / 2,
            Y = y,
            Height = BoxHeight,
        });
        return y + BoxHeight;
    }

    private double Go(double middle, double y)
    {
        ways.Add(new()
        {
            FromX = middle,
            FromY = y,
            ToX = middle,
            ToY = y + Gap,
        });
        return y + Gap;
    }

    /// <summary>Draws a list below <paramref name="y"/>; answers where it ends.</summary>
    private double List(IReadOnlyList<Step>? steps, string at, double middle, double y)
    {
        for (var n = 0; n < (steps?.Count ?? 0); n++)
        {
            var (step, cursor) = (steps![n], at + n.ToString(CultureInfo.InvariantCulture));
            if (step is Step.Wait wait)
            {
                var length = wait.For is null ? Unmeasured : Long(Days(wait));
                waits.Add(new()
                {
                    Cursor = cursor,
                    Text = words.Title(wait),
                    X = middle,
                    Y = y,
                    Length = length,
                    IsMeasured = wait.For is not null,
                });
                y += length;
                continue;
            }
            y = Put(Kind(step), cursor, words.Title(step), middle, Go(middle, y));
            if (Doors(step) is { Count: > 0 } doors) y = Part(step, cursor, doors, middle, y);
        }
        return y;
    }

    /// <summary>Ways part, and come together again where they go on.</summary>
    private double Part(Step step, string cursor, IReadOnlyList<IReadOnlyList<Step>?> doors, double middle, double y)
    {
        var (x, lowest, ends) = (middle - Across(doors) / 2, y, new List<(double X, double Y)>());
        for (var n = 0; n < doors.Count; n++)
        {
            var (steps, (name, label)) = (doors[n], Named(step, n));
            var center = x + Left(steps);
            ways.Add(new()
            {
                FromX = middle,
                FromY = y,
                ToX = center,
                ToY = y + Door,
                Label = label,
            });
            var end = y + Door;
            if (step is Step.WaitFor waitFor && n == 1)
            {
                waits.Add(new()
                {
                    Cursor = cursor,
                    Text = "",
                    X = center,
                    Y = end,
                    Length = Long(Days(waitFor)),
                    IsMeasured = true,
                });
                end += Long(Days(waitFor));
            }
            if (step is Step.Split split && split.Arms[n].Holdout)
                end = Put(BoxKind.Holdout, null, say["何も送らない（比較用）", "nothing, for comparison"], center, end);
            else
            {
                end = List(steps, $"{cursor}/{name}/", center, end);
                if (steps is null || !Ends(steps)) ends.Add((center, end));
            }
            lowest = Math.Max(lowest, end);
            x += Width(steps) + Between;
        }
        if (ends.Count == 0) return lowest;
        foreach (var (from, end) in ends) ways.Add(new()
        {
            FromX = from,
            FromY = end,
            ToX = middle,
            ToY = lowest + Gap,
        });
        return lowest + Gap;
    }

    private (string Door, string Label) Named(Step step, int n) => step switch
    {
        Step.Split split => ($"arms/{split.Arms[n].Name}", $"{split.Arms[n].Percent}% {split.Arms[n].Name}"),
        Step.WaitFor waitFor => n == 0
            ? ("then", say["起きたら", "it happens"])
            : ("else", say[$"{waitFor.UpTo.Stretch(say)}たっても起きない", $"not in {waitFor.UpTo.Stretch(say)}"]),
        _ => n == 0 ? ("then", say["はい", "yes"]) : ("else", say["いいえ", "no"]),
    };

    private static BoxKind Kind(Step step) => step switch
    {
        Step.Send => BoxKind.Send,
        Step.WaitFor => BoxKind.WaitFor,
        Step.Branch => BoxKind.Branch,
        Step.Split => BoxKind.Split,
        Step.Leave => BoxKind.Leave,
        _ => BoxKind.Effect,
    };
}
