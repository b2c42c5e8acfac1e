using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.Marketing.Tests.Plan;

/// <summary>Journeys and newsletters write to the same people, through the sending of each: what arrives keeps to one
/// plan.</summary>
public class OnePlanProperties
{
    private enum Happens
    {
        Wish, Hand, Pause, Resume, Cancel, Hours, Days, Give, Withdraw, Leave, Silence,
        Suppress, Restart
    }

    private sealed record Case(
        IReadOnlyList<Cap> Caps, QuietHours? Quiet, bool KeepsBack, bool OthersToo, (Happens What, int N)[] Story);

    private static readonly Arbitrary<Case> Cases = (
        from caps in (from messages in Gen.Choose(1, 3)
                      from hours in Gen.Choose(12, 10 * 24)
                      from days in Gen.Elements(
            true, false)
                      select new Cap(messages, days
                          ? new((hours / 24) + 1, PeriodUnit.Day)
                          : new(hours, PeriodUnit.Hour))).NonEmptyListOf().Where(caps => caps.Count <= 2)
        from quiet in Gen.Elements<QuietHours?>(null, new(new(21, 0), new(8, 0)), new(new(9, 30), new(16, 0)))
        from keepsBack in Gen.Elements(true, false)
        from others in Gen.Elements(true, false)
        from story in Gen.Frequency((6, Gen.Constant(Happens.Wish)), (2, Gen.Constant(Happens.Hand)), (1,
            Gen.Constant(Happens.Pause)), (2, Gen.Constant(Happens.Resume)), (1, Gen.Constant(Happens.Cancel)),
                (8, Gen.Constant(Happens.Hours)), (2, Gen.Constant(Happens.Days)), (1, Gen.Constant(Happens.Give)),
            (1, Gen.Elements(Happens.Withdraw, Happens.Leave, Happens.Silence, Happens.Suppress)),
            (1, Gen.Constant(Happens.Restart)))
            .SelectMany(what => Gen.Choose(0, 59).Select(n => (what, n))).ArrayOf(40)
        select new Case([.. caps], quiet, keepsBack, others, story)).ToArbitrary();

    [Fact]
    public void Whoever_writes_nothing_goes_above_a_cap_in_quiet_hours_or_to_whom_we_may_not_write() =>
        Prop.ForAll(Cases, story => Told(story).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static async Task<bool> Told(Case c)
    {
        await using var shop = await OneShop.Open(c.Caps, c.Quiet, c.KeepsBack, c.OthersToo ? 4 : 2);
        foreach (var (what, n) in c.Story)
        {
            await (what switch
            {
                Happens.Wish => shop.Wish(n),
                Happens.Hand =>
                    shop.Begin(new("hand", DateOnly.FromDateTime(shop.Now.UtcDateTime)), shop.Now, IssueState.Sending),
                Happens.Pause => shop.Steer(IssueMove.Pause, n),
                Happens.Resume => shop.Steer(IssueMove.Resume, n),
                Happens.Cancel => shop.Steer(IssueMove.Cancel, n),
                Happens.Hours => shop.Pass(TimeSpan.FromMinutes(37 + (n * 7))),
                Happens.Days => shop.Pass(TimeSpan.FromDays(1 + (n % 3))),
                Happens.Restart => shop.Restart(),
                _ => shop.Choose(n, customer => what switch
                {
                    Happens.Give => customer with { Consent = OneShop.Says(ConsentState.Given) },
                    Happens.Withdraw => customer with { Consent = OneShop.Says(ConsentState.Withdrawn) },
                    Happens.Leave => customer with { Preferences = new() { Without = ["hand"], Monthly = n % 2 == 0 } },
                    Happens.Silence => customer with { Preferences = new() { PausedUntil = shop.Now.AddDays(4) } },
                    _ => customer with { Suppressed = new Dictionary<string, string> { ["email"] = "complaint" } },
                }),
            });
            await shop.Work(n);
        }
        return shop.Wrong is null ? true : throw new InvalidOperationException(shop.Wrong);
    }
}
