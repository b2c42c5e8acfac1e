using Automation.Marketing.Customers;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Newsletters;

/// <summary>When a customer's newsletters are due: what the shop's plan counts first and keeps a day free for. Pure.</summary>
public static class ReaderSlots
{
    /// <summary>Slots from one moment to another, of the newsletters the customer is in the audience of and has not left.</summary>
    public static IReadOnlyList<DateTimeOffset> Of(IEnumerable<Newsletter> newsletters, Situation situation, DateTimeOffset from, DateTimeOffset to)
    {
        var chosen = situation.Customer.Preferences ?? Preferences.None;
        return
        [
            .. newsletters.Where(newsletter => !chosen.Without.Contains(newsletter.Id) && Conditions.Holds(newsletter.Audience, situation))
                .SelectMany(newsletter => Slots.Between(newsletter, situation.Shop, from.AddTicks(-1), to)
                    .Where(slot => !slot.Skipped && !(slot.At < chosen.PausedUntil) && (!chosen.Monthly || Slots.IsFirstOfMonth(newsletter, situation.Shop, slot))))
                .Select(slot => slot.At).Order(),
        ];
    }
}
