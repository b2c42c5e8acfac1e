namespace Automation.Marketing.Time;

/// <summary>Japan's public holidays by law, 2000–2099: 国民の祝日に関する法律 (昭和23年法律第178号) with its changes, and the laws that
/// moved days in 2019 (accession) and in 2020 and 2021 (Olympics). What a law of the future will move is not known
/// here.</summary>
public static class JapaneseHolidays
{
    /// <summary>The holiday's name; null: an ordinary day, or another century.</summary>
    public static string? Name(DateOnly date) =>
        date.Year is < 2000 or > 2099 ? null
            : Named(date) is { } name ? name
            : IsSubstitute(date) ? "振替休日"
            : IsBetween(date) ? "国民の休日"
            : null;

    /// <summary>Article 2: 国民の祝日.</summary>
    private static string? Named(DateOnly date) => (date.Year, date.Month, date.Day) switch
    {
        (2019, 5, 1) => "天皇の即位の日",
        (2019, 10, 22) => "即位礼正殿の儀の行われる日",
        (2020, 7, 23) or (2021, 7, 22) => "海の日",
        (2020, 7, 24) or (2021, 7, 23) => "スポーツの日",
        (2020, 8, 10) or (2021, 8, 8) => "山の日",
        (2020 or 2021, 7 or 8 or 10, _) => null,
        (_, 1, 1) => "元日",
        (_, 1, _) when IsMonday(date, 2) => "成人の日",
        (_, 2, 11) => "建国記念の日",
        ( >= 2020, 2, 23) => "天皇誕生日",
        (var year, 3, var day) when day == Equinox(20.8431, year) => "春分の日",
        (var year, 4, 29) => year < 2007 ? "みどりの日" : "昭和の日",
        (_, 5, 3) => "憲法記念日",
        ( >= 2007, 5, 4) => "みどりの日",
        (_, 5, 5) => "こどもの日",
        ( < 2003, 7, 20) => "海の日",
        ( >= 2003, 7, _) when IsMonday(date, 3) => "海の日",
        ( >= 2016, 8, 11) => "山の日",
        ( < 2003, 9, 15) => "敬老の日",
        ( >= 2003, 9, _) when IsMonday(date, 3) => "敬老の日",
        (var year, 9, var day) when day == Equinox(23.2488, year) => "秋分の日",
        (var year, 10, _) when IsMonday(date, 2) => year < 2020 ? "体育の日" : "スポーツの日",
        (_, 11, 3) => "文化の日",
        (_, 11, 23) => "勤労感謝の日",
        ( < 2019, 12, 23) => "天皇誕生日",
        _ => null,
    };

    /// <summary>Article 3, 2: a holiday on a Sunday is made up for on the next day that is none (until 2006: on the
    /// Monday).</summary>
    private static bool IsSubstitute(DateOnly date)
    {
        for (var day = date.AddDays(-1); Named(day) is not null; day = day.AddDays(-1))
        {
            if (day.DayOfWeek == DayOfWeek.Sunday) return true;
            if (date.Year < 2007) return false;
        }
        return false;
    }

    /// <summary>Article 3, 3: a day between two holidays (until 2006: no Sunday).</summary>
    private static bool IsBetween(DateOnly date) =>
        Named(date.AddDays(-1)) is not null && Named(date.AddDays(1)) is not null
        && !(date.Year < 2007 && date.DayOfWeek == DayOfWeek.Sunday);

    private static bool IsMonday(DateOnly date, int which) =>
        date.DayOfWeek == DayOfWeek.Monday && (date.Day - 1) / 7 == which - 1;

    /// <summary>Day of the month, right from 1980 to 2099. (The day itself is announced in the Gazette of the February
    /// before; no year has differed.)</summary>
    private static int Equinox(double first, int year) => (int)(first + 0.242194 * (year - 1980)) - (year - 1980) / 4;
}
