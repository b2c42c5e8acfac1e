namespace Automation.Marketing.Shop;

/// <summary>How fast issues go out (<c>sending</c> in shop.json).</summary>
/// <param name="PerSecond">Mails a second; null: as fast as the provider takes them.</param>
public sealed record SendingPace(int? PerSecond = null)
{
    /// <summary>Mails a day on the first, second … day of a new sender domain; after the last no limit.</summary>
    public IReadOnlyList<int> WarmUp { get; init; } = [];

    /// <summary>How many may go on that day of the domain (0: its first); null: no limit. Pure.</summary>
    public int? MostOn(int day) => day < WarmUp.Count ? WarmUp[Math.Max(day, 0)] : null;
}
