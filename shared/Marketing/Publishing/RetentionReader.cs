using Automation.Marketing.Files;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>Reads <c>retention</c>; refuses periods so short that the product would forget what it needs, or what the
/// law wants kept.</summary>
internal static class RetentionReader
{
    public static Retention? Read(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.Retention, "retention") is not { } entries) return null;
        var usual = new Retention();
        return new Retention
        {
            Parked = Kept("parked", usual.Parked, new(7, PeriodUnit.Day)),
            Enrollments = Kept("enrollments", usual.Enrollments, new(90, PeriodUnit.Day)),
            Sends = Kept("sends", usual.Sends, new(90, PeriodUnit.Day)),
            Engagement = Kept("engagement", usual.Engagement, new(30, PeriodUnit.Day)),
            Events = Kept("events", usual.Events, new(7, PeriodUnit.Day)),
            Chats = Kept("chats", usual.Chats, new(30, PeriodUnit.Day)),
            Consent = Kept("consent", usual.Consent, new(3, PeriodUnit.Year)),
        };

        Period Kept(string name, Period otherwise, Period least)
        {
            if (entries.Period(name) is not { } period) return otherwise;
            if (Length(period) < Length(least))
                reading.Say(entries[name]!, $"\"{name}\" must be kept for at least {least}", least.ToString());
            return period;
        }
    }

    private static TimeSpan Length(Period period) => period.After(Start, TimeZoneInfo.Utc) - Start;

    // A year without 29 February: the shortest there is.
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
