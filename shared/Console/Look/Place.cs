namespace Automation.Console.Look;

/// <summary>The rooms of the console, in the order of the navigation.</summary>
public enum Place { None, Today, Calendar, Newsletters, Journeys, Mails, Customers, Insights, Attention, Setup }

/// <summary>How they are called and where they are.</summary>
public static class Places
{
    public static IReadOnlyList<Place> All { get; } =
    [
        Place.Today, Place.Calendar, Place.Newsletters, Place.Journeys, Place.Mails, Place.Customers, Place.Insights,
        Place.Attention, Place.Setup,
    ];

    public static string Address(this Place place) =>
        place == Place.Today ? "/console" : $"/console/{place.ToString().ToLowerInvariant()}";

    /// <summary>Where a page hangs: below a place, and below those that are named.</summary>
    public static IReadOnlyList<(string Name, string Address)> Trail(
        this Place place, Language say, params IEnumerable<(string Name, string Address)> below) =>
        [(place.Name(say), place.Address()), .. below];

    public static string Name(this Place place, Language say) => place switch
    {
        Place.Today => say["今日", "Today"],
        Place.Calendar => say["カレンダー", "Calendar"],
        Place.Newsletters => say["ニュースレター", "Newsletters"],
        Place.Journeys => say["ジャーニー", "Journeys"],
        Place.Mails => say["メール", "Mails"],
        Place.Customers => say["お客様", "Customers"],
        Place.Insights => say["分析", "Insights"],
        Place.Attention => say["要対応", "Attention"],
        Place.Setup => say["設定", "Setup"],
        _ => "",
    };
}
