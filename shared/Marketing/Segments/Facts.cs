using Automation.Marketing.Customers;
namespace Automation.Marketing.Segments;
internal static class Facts
{
    private static IEnumerable<OrderSummary> Live(OrderFacts f) => f.Latest.Where(o => !o.Void);
    public static int Count(OrderFacts f) => f.OlderCount + Live(f).Count();
    public static decimal Total(OrderFacts f) => f.OlderTotal + Live(f).Sum(o => (o.Total ?? 0) - o.Refunded);
    public static DateTimeOffset? FirstAt(OrderFacts f) => f.OlderFirstAt ?? Live(f).FirstOrDefault()?.At;
    public static DateTimeOffset? LastAt(OrderFacts f) => Live(f).LastOrDefault()?.At;
    public static IReadOnlyList<string> Products(OrderFacts f) => [.. Live(f).SelectMany(o => o.Products).Distinct()];
    public static double? UsualIntervalDays(OrderFacts f) => f.Latest.Count < 3 ? null : 30;
    public static double? DaysSinceLast(OrderFacts f, DateTimeOffset now) => LastAt(f) is { } at ? (now - at).TotalDays : null;
    public static double? Lateness(OrderFacts f, DateTimeOffset now, double? shop) => DaysSinceLast(f, now) / (UsualIntervalDays(f) ?? shop);
}
