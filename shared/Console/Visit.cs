using System.Globalization;
using Automation.Marketing.Access;

namespace Automation.Console;

/// <summary>Who looks at a page, in which language, of which shop: what every page is told.</summary>
public sealed record Visit
{
    public required Language Say { get; init; }

    /// <summary>Null: nobody is signed in.</summary>
    public Caller? Who { get; init; }

    public required string ShopName { get; init; }
    public required TimeZoneInfo Zone { get; init; }
    public required string Currency { get; init; }

    /// <summary>Now, as the shop's clock says.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The page's address with its query.</summary>
    public required string Path { get; init; }

    /// <summary>What every form of the session carries; null: nobody is signed in.</summary>
    public string? FormToken { get; init; }

    /// <summary>What was just done, as the address says: a word a page knows.</summary>
    public string? Done { get; init; }

    /// <summary>How many things wait for a person.</summary>
    public int Attention { get; init; }

    public bool May(Role role) => Who?.May(role) == true;

    /// <summary>A moment in the shop's zone: today 14:05, else the day with it.</summary>
    public string Moment(DateTimeOffset at)
    {
        var (there, today) =
            (TimeZoneInfo.ConvertTime(at, Zone), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).Date));
        var (day, time) = (DateOnly.FromDateTime(there.Date), there.ToString("HH:mm", CultureInfo.InvariantCulture));
        if (day == today) return Say[$"今日 {time}", $"today {time}"];
        if (day == today.AddDays(-1)) return Say[$"昨日 {time}", $"yesterday {time}"];
        return day.Year == today.Year ? $"{Say.Day(day)} {time}" : $"{Say.Date(day)} {time}";
    }

    public string Day(DateTimeOffset at) => Say.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).Date));

    /// <summary>A moment as machines read it, for <c>datetime</c>.</summary>
    public static string Machine(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Amount(decimal value) => Say.Amount(value, Currency);
}
