using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Plan;

/// <summary>What the plan says about one marketing message of a journey. Pure.</summary>
public static class PlanRules
{
    /// <summary>Rules hold a message back one after another; whoever meets more turns than this is asked again at the
    /// moment reached.</summary>
    private const int Turns = 100;

    /// <summary>Yes, or the first moment that every rule likes, with the rule that held it back first.</summary>
    /// <param name="zone">The customer's: of quiet hours and of the newsletter's day.</param>
    /// <param name="written">When marketing of journeys went out to the customer.</param>
    /// <param name="newsletters">Their newsletters, past and to come.</param>
    public static Verdict Judge(
        ShopSettings shop,
        TimeZoneInfo zone,
        IReadOnlyList<PlanMoment> written,
        IReadOnlyList<PlanMoment> newsletters,
        DateTimeOffset now)
    {
        IReadOnlyList<PlanMoment> messages = [.. written, .. newsletters];
        var shopZone = Zones.Of(null, shop.TimeZone);
        var (at, reason) = (now, (string?)null);
        for (var turn = 0; turn < Turns && Held(at) is { } held; turn++)
            (at, reason) = (held.Until, reason ?? held.Reason);
        return reason is null ? Verdict.Yes : Verdict.Later(at, reason);

        Verdict.Deferred? Held(DateTimeOffset moment) =>
            Quiet(shop.QuietHours, zone, moment)
            ?? NewsletterDay(shop, zone, newsletters, moment)
            ?? Cap.Judge(shop.Plan.Caps, messages, PlanMoment.Of(moment, shopZone), shopZone) as Verdict.Deferred;
    }

    /// <summary>What becomes of a marketing message, by gate and plan together: until when both hold it, with the
    /// reason of whichever did first.</summary>
    /// <param name="plan">What the plan says of the moment from which the gate lets it go; yes: it was not
    /// asked.</param>
    /// <param name="since">When it was first held back; null: never yet.</param>
    public static Verdict Together(
        Situation situation, Verdict gate, Verdict plan, DateTimeOffset? since, DateTimeOffset now)
    {
        var verdict = (gate, plan) switch
        {
            (Verdict.Deferred first, Verdict.Deferred later) => Verdict.Later(later.Until, first.Reason),
            (Verdict.Allowed, _) => plan,
            _ => gate,
        };
        return Expire(
            situation.Shop.Plan, Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone), verdict, since, now);
    }

    /// <summary>What was held back for too long does not go any more: neither now, nor at a moment beyond
    /// that.</summary>
    /// <param name="since">When it was first held back; null: never yet.</param>
    public static Verdict Expire(
        ShopPlan plan, TimeZoneInfo zone, Verdict verdict, DateTimeOffset? since, DateTimeOffset now)
    {
        var (at, reason) = verdict switch
        {
            Verdict.Deferred later => (later.Until, $": {later.Reason}"),
            Verdict.Allowed when since is not null => (now, ""),
            _ => (default, ""),
        };
        return at > plan.Expires.After(since ?? now, zone) ? Verdict.No($"expired after {plan.Expires}{reason}")
            : verdict;
    }

    private static Verdict.Deferred? Quiet(QuietHours? quiet, TimeZoneInfo zone, DateTimeOffset at) =>
        quiet?.Outside.NextOpening(at, zone) is { } opens && opens > at ? new(opens, "quiet hours") : null;

    /// <summary>Where the night is longer than the slot the newsletter comes in the morning: that day is its
    /// day.</summary>
    private static Verdict.Deferred? NewsletterDay(
        ShopSettings shop, TimeZoneInfo zone, IReadOnlyList<PlanMoment> newsletters, DateTimeOffset at)
    {
        if (!shop.Plan.NewsletterDayKeepsBack) return null;
        var today = Zones.Day(at, zone);
        return newsletters.Any(newsletter => Zones.Day(
            Quiet(shop.QuietHours, zone, newsletter.At)?.Until ?? newsletter.At, zone) == today)
            ? new(Zones.Instant(today.AddDays(1).ToDateTime(TimeOnly.MinValue), zone), "newsletter day")
            : null;
    }
}
