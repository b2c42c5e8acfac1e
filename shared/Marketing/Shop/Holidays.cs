using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>The days on which the shop keeps a holiday: its country's, and its own.</summary>
public sealed record Holidays
{
    public static readonly Holidays Default = new();

    /// <summary>Japan's public holidays (祝日).</summary>
    public bool Japan { get; init; } = true;
    public IReadOnlyList<Closing> Closed { get; init; } = [];

    /// <summary>What is kept on that day; null: nothing.</summary>
    public string? Name(DateOnly date) =>
        Closed.FirstOrDefault(closing => closing.Covers(date))?.Name ?? (Japan ? JapaneseHolidays.Name(date) : null);
}

/// <summary>Days the shop is closed, first and last included: of one year, or of every year (then they may go over New
/// Year).</summary>
public sealed record Closing(string Name, ClosingDay From, ClosingDay To)
{
    public bool Covers(DateOnly date) =>
        From.Year is { } first && To.Year is { } last ? From.In(first) <= date && date <= To.In(last)
            : From.In(date.Year) <= To.In(date.Year) ? From.In(date.Year) <= date && date <= To.In(date.Year)
            : From.In(date.Year) <= date || date <= To.In(date.Year);
}

/// <summary>A day of one year (<c>2026-08-13</c>) or of every year (<c>08-13</c>); 29 February is the 28th where the
/// year has none.</summary>
public readonly record struct ClosingDay(int? Year, int Month, int Day)
{
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}
