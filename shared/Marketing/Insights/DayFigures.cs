namespace Automation.Marketing.Insights;

/// <summary>One day of the shop, in its zone.</summary>
/// <param name="Mails">Accepted by the provider, of journeys; what newsletters sent their issues say.</param>
public sealed record DayFigures(DateOnly Day, decimal Orders, decimal Revenue, decimal Mails);
