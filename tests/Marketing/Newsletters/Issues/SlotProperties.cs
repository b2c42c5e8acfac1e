using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.Marketing.Tests.Newsletters.Issues;

public class SlotProperties
{
    private sealed record Case(Newsletter Newsletter, ShopSettings Shop, DateTimeOffset Start, int[] Gaps, int Luck);

    private static readonly Gen<Closing> AnyClosing =
        from month in Gen.Choose(1, 12)
        from day in Gen.Choose(1, 28)
        from length in Gen.Choose(0, 20)
        let last = new DateOnly(2001, month, day).AddDays(length)
        select new Closing("closed", new(null, month, day), new(null, last.Month, last.Day));

    private static readonly Arbitrary<Case> Cases = (
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>()).Where(days => days.Count > 0)
        from minute in Gen.Choose(0, 24 * 60 - 1)
        from zone in Gen.Elements("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
            "America/Nuuk", "Pacific/Apia", "UTC")
        from rule in Gen.Elements(Enum.GetValues<HolidayRule>())
        from within in Gen.Elements<Period?>(
            null, new(2, PeriodUnit.Hour), new(3, PeriodUnit.Day), new(2, PeriodUnit.Week))
        from otherwise in Gen.Elements(Enum.GetValues<LateOtherwise>())
        from closings in Gen.Choose(0, 3).SelectMany(count => AnyClosing.ArrayOf(count))
        from start in Gen.OneOf(Gen.Choose(0, 36_000).Select(day => new DateTime(2000, 1, 1).AddDays(day)),
            Gen.Constant(new DateTime(2011, 12, 20)))
        from gaps in Gen.OneOf(Gen.Choose(1, 90), Gen.Choose(60, 3_000), Gen.Choose(1_000, 40_000)).ArrayOf(25)
        from luck in Gen.Choose(0, 1_000_000)
        select new Case(
            SlotTests.Weekly("00:00", zone, [.. days]) with
            {
                At = TimeOnly.MinValue.AddMinutes(minute),
                Holidays = rule,
                Late = new(within, otherwise)
            },
            SlotTests.Shop with { Holidays = new() { Closed = closings } }, new(start, TimeSpan.Zero), gaps,
            luck)).ToArbitrary();

    [Fact]
    public void No_slot_is_acted_on_twice_and_none_is_forgotten_however_the_machine_comes_and_goes() =>
        Prop.ForAll(Cases, Keeps).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void No_two_slots_of_a_newsletter_are_due_on_one_day() => Prop.ForAll(Cases, each =>
    {
        var zone = SlotRules.Zone(each.Newsletter, each.Shop);
        var slots = SlotRules.Between(each.Newsletter, each.Shop, each.Start, each.Start.AddDays(120))
            .Where(slot => !slot.Skipped).ToList();
        // an hour: 23:30 that a clock change moves to 00:30
        var days = slots.Select(slot => TimeZoneInfo.ConvertTime(slot.At, zone).AddHours(-1).Date).ToList();
        return days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second)
            && slots.Zip(slots.Skip(1)).All(pair => pair.First.Id.Date < pair.Second.Id.Date);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    /// <summary>Two machines look at random moments, one of them with a bookmark it has not moved for a while; what is
    /// claimed is claimed once.</summary>
    private static bool Keeps(Case each)
    {
        var (newsletter, shop, zone) = (each.Newsletter, each.Shop, SlotRules.Zone(each.Newsletter, each.Shop));
        var random = new Random(each.Luck);
        var acted = new Dictionary<IssueId, (SlotDecision Decision, DateTimeOffset At)>();
        var (seen, older, now) = (each.Start, each.Start, each.Start);
        foreach (var gap in each.Gaps)
        {
            now = now.AddMinutes(gap);
            if (random.Next(4) == 0) (seen, older) = (older, seen);
            foreach (var slot in SlotRules.Between(newsletter, shop, seen, now))
            {
                if (!acted.ContainsKey(slot.Id))
                {
                    var decision = SlotRules.Decide(slot, SlotRules.Next(newsletter, shop, slot.Id.Date),
                        newsletter.Late, (Ready)(slot.Id.Date.DayNumber % 3), now, zone);
                    if (decision is SlotDecision.Wait) break;
                    acted.Add(slot.Id, (decision, now));
                }
                seen = slot.At;
            }
        }
        var due = SlotRules.Between(newsletter, shop, each.Start, now).ToList();
        foreach (var slot in due)
        {
            var (next, last) = (SlotRules.Next(newsletter, shop, slot.Id.Date), slot == due[^1]);
            if (!acted.TryGetValue(slot.Id, out var done))
            {
                // Only the latest may still wait for its issue, and only while there is time.
                if (!due.SkipWhile(each => each != slot).Skip(1).All(each => each.Skipped)
                    || (now >= SlotRules.Until(slot, next, newsletter.Late, zone) && last)) return false;
            }
            else if (done.At < slot.At) return false;
            else if (done.Decision is SlotDecision.Send && (slot.Skipped || (next is not null && done.At >= next.At)))
                return false;
        }
        return acted.Keys.All(id => due.Any(slot => slot.Id == id));
    }
}
