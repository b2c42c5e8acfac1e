using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Journeys;

public class PlannerProperties
{
    private static readonly DateTimeOffset Start = At("2026-11-03T09:00+09:00");
    private static readonly string[] Tags = ["a", "b", "c"];

    private static Gen<IReadOnlyList<Step>> Steps(int depth) =>
        from count in Gen.Choose(1, 3)
        from steps in AnyStep(depth).ArrayOf(count)
        select (IReadOnlyList<Step>)steps;

    private static Gen<Step> AnyStep(int depth)
    {
        var effect = Gen.Elements<Step>(new Step.Send("m"), new Step.Update(["a"]), new Step.Start("other"));
        var wait = Gen.Choose(1, 400).Select(hours => (Step)new Step.Wait(new Period(hours, PeriodUnit.Hour)));
        var until = Gen.Choose(0, 23).Select(hour => (Step)new Step.Wait(Until: new()
        {
            Days = [DayOfWeek.Sunday],
            At = new(hour, 0),
        }));
        if (depth == 0) return Gen.OneOf(effect, wait, until, Gen.Constant((Step)new Step.Leave("enough")));
        var branch = from tag in Gen.Elements(Tags)
                     from then in Steps(depth - 1)
                     from otherwise in Steps(depth - 1)
                     from both in Gen.Elements(true, false)
                     select (Step)new Step.Branch(Tagged(tag), then, both ? otherwise : null);
        var waitFor = from then in Steps(depth - 1)
                      from otherwise in Steps(depth - 1)
                      from doors in Gen.Choose(0, 3)
                      select (Step)new Step.WaitFor
                      {
                          Events = new("mail.clicked"),
                          UpTo = new(5, PeriodUnit.Day),
                          Where = null,
                          Then = (doors & 1) > 0 ? then : null,
                          Else = (doors & 2) > 0 ? otherwise : null,
                      };
        var split = from a in Steps(depth - 1)
                    from b in Steps(depth - 1)
                    select (Step)new Step.Split([new("a", 50, a), new("b", 40, b), new("c", 10, null, true)]);
        return Gen.OneOf(effect, wait, until, branch, waitFor, split);
    }

    private static Condition.Test Tagged(string tag) =>
        new("customer.tags", Operator.Contains, System.Text.Json.JsonElement.Parse($"\"{tag}\""));

    private static readonly Arbitrary<(Journey Journey, int Luck)> Cases = (
        from steps in Steps(3)
        from windowed in Gen.Elements(true, false)
        from luck in Gen.Choose(0, int.MaxValue - 1)
        select (new Journey
        {
            Id = "j",
            Name = "j",
            Purpose = Purpose.Marketing,
            Trigger = new Trigger.On(new("order.placed")),
            Window = windowed ? new Window([DayOfWeek.Tuesday, DayOfWeek.Friday], new(19, 0), new(22, 0)) : null,
            Steps = steps,
        }, luck)).ToArbitrary();

    [Fact]
    public void Whatever_happens_a_walk_ends_goes_forward_resolves_and_sends_only_when_open() =>
        Prop.ForAll(Cases, each => Walked(each.Journey, new Random(each.Luck)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static bool Walked(Journey journey, Random luck)
    {
        var (walk, now, before) = (Walk.Begin(Start), Start, (IReadOnlyList<int>)[-1]);
        for (var moves = 0; moves < 400; moves++)
        {
            var tags = Tags.Where(_ => luck.Next(2) == 0).ToArray();
            var situation = PlannerTests.Now(now, tags);
            if (luck.Next(3) == 0)
            {
                var heard = situation with
                {
                    Event = PlannerTests.Event("mail.clicked", "2026-11-03T09:00+09:00") with { At = now }
                };
                if (Planner.Hear(journey, walk, heard, now) is Hearing.Proceeds proceeds) walk = proceeds.Into;
            }
            var move = Planner.Next(journey, walk, situation);
            if (!Cursors.Resolves(journey, move.At.Cursor)) return false;
            var path = Path(journey, move.At.Cursor);
            if (Compare(path, before) < 0) return false;
            before = path;
            switch (move)
            {
                case Move.Finish finish:
                    return finish.Outcome != Marketing.Journeys.Outcome.Failed;
                case Move.Pause pause when pause.Until <= now:
                    return false;
                case Move.Pause pause:
                    (walk, now) = (pause.At, luck.Next(2) == 0 ? pause.Until : now + (pause.Until - now) / 2);
                    break;
                case Move.Act act:
                    var zone = Zones.Find("Asia/Tokyo")!;
                    if (act.Step is Step.Send && (journey.Window?.IsOpen(now, zone) == false
                        || !TheShop.QuietHours!.Outside.IsOpen(now, zone))) return false;
                    walk = Planner.After(journey, act.At, now);
                    if (Compare(Path(journey, walk.Cursor), path) <= 0) return false;
                    break;
            }
        }
        return false;
    }

    private static ShopSettings TheShop => JourneyReaderTests.TheShop;

    /// <summary>The step numbers of a cursor; doors are ordered by what they are behind.</summary>
    private static IReadOnlyList<int> Path(Journey journey, string cursor)
    {
        Assert.True(Cursors.Resolves(journey, cursor));
        return [.. cursor.Split('/').Where(part => part is not ("then" or "else" or "arms" or "a" or "b"))
            .Select(part => int.Parse(part, null))];
    }

    private static int Compare(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
            if (a[i] != b[i]) return a[i].CompareTo(b[i]);
        return a.Count.CompareTo(b.Count);
    }
}
