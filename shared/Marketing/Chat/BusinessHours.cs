using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>When people of the shop answer. Pure.</summary>
public static class BusinessHours
{
    /// <summary>A shop that is closed for longer than this says no day.</summary>
    private const int Ahead = 60;

    public static bool AreOpen(ShopSettings shop, DateTimeOffset now)
    {
        var zone = Zones.Of(null, shop.TimeZone);
        return shop.Holidays.Name(Zones.Day(now, zone)) is null
            && shop.Chat?.Hours.Any(window => window.IsOpen(now, zone)) == true;
    }

    /// <summary>The first moment not before <paramref name="now"/> at which somebody is there; null: nobody says
    /// when.</summary>
    public static DateTimeOffset? Next(ShopSettings shop, DateTimeOffset now)
    {
        var zone = Zones.Of(null, shop.TimeZone);
        if (shop.Chat is not { Hours: { Count: > 0 } hours }) return null;
        var from = now;
        for (var n = 0; n < Ahead; n++)
        {
            var opens = hours.Min(window => window.NextOpening(from, zone));
            if (shop.Holidays.Name(Zones.Day(opens, zone)) is null) return opens;
            from = Zones.Instant(Zones.Day(opens, zone).AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
        }
        return null;
    }
}
