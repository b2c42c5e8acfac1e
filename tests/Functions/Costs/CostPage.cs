using Xunit.Abstractions;

namespace Automation.Functions.Tests.Costs;

/// <summary>docs/costs.md, whose rows of counted operations are compared with what was counted.</summary>
internal static class CostPage
{
    public static string Row(string what, Operations counted) =>
        $"| {what} | {counted.Reads} | {counted.Writes} | {counted.Queue} |";

    public static void Says(ITestOutputHelper output, params string[] rows)
    {
        foreach (var row in rows) output.WriteLine(row);
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "costs.md"));
        Assert.All(rows, row => Assert.Contains(row, page, StringComparison.Ordinal));
    }
}
