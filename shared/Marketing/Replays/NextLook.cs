using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Replays;

/// <summary>From when on a night may find something of a customer to whom nothing happens meanwhile: they are late by
/// their own rhythm, or a date of theirs comes. Whoever cannot be found is not looked at: a shop has many nights. Of
/// conditions that become true by time alone nothing is known beforehand. Pure.</summary>
public static class NextLook
{
    /// <summary>A night looks as far ahead, and as far back.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(25), Behind = TimeSpan.FromDays(3);

    /// <summary>No further is looked for a date; then it is looked again.</summary>
    private static readonly TimeSpan Far = TimeSpan.FromDays(40);

    /// <param name="situation">The customer as they are, now.</param>
    /// <param name="dates">What starts journeys by a date.</param>
    /// <param name="zone">The customer's.</param>
    /// <returns>Now or earlier: the next night; null: never.</returns>
    public static DateTimeOffset? Of(Situation situation, IEnumerable<Trigger.Dated> dates, TimeZoneInfo zone)
    {
        var customer = situation.Customer;
        if (customer.Test) return null;
        DateTimeOffset? first = Facts.Last(customer.Orders) is { } last && !(customer.LateSaidFor >= last.At)
            && Facts.UsualIntervalDays(customer.Orders, situation.ShopInterval) is > 0 and var usual
            ? last.At + TimeSpan.FromDays(usual * situation.Shop.Late.Threshold) : null;
        foreach (var date in dates)
            if (Of(date.When, situation, zone) is var at && !(first <= at)) first = at;
        return first;
    }

    private static DateTimeOffset Of(WaitUntil when, Situation situation, TimeZoneInfo zone)
    {
        var now = situation.Now;
        if (Occurrences.Between(when, situation, now - Behind, now + Ahead, zone) is not null) return now;
        return Occurrences.Between(when, situation, now, now + Far, zone) is { } next
            ? next.At - Ahead : now + Far - Ahead;
    }
}
