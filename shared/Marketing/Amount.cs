using System.Globalization;

namespace Automation.Marketing;

/// <summary>How many of something, in English words: <c>1 journey</c>, <c>2 journeys</c>.</summary>
public static class Amount
{
    public static string Of(int count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
