using Automation.Marketing;
using Automation.Storage;

namespace Automation.Functions.Console;

/// <summary>
/// How many things wait for a person, beside the navigation of every page: counted at most every quarter of a minute,
/// in one read, up to a hundred.
/// </summary>
public sealed class AttentionCount(Tables tables, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const int Most = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    /// <summary>Rows that keep track of work, and ask nobody for anything.</summary>
    private static readonly string[] Own = ["sweep", "erasing", "clock"];

    private volatile Counted? counted;

    private sealed record Counted(int Number, DateTimeOffset At);

    public async ValueTask<int> Read(CancellationToken cancellation)
    {
        if (counted is { } known && wall.GetUtcNow() - known.At < Fresh) return known.Number;
        var page = await tables.Attention.QueryPage(new TableQuery { PageSize = Most }, null, cancellation);
        var number = page.Values.Count(row => !Own.Contains(row.PartitionKey));
        counted = new(number, wall.GetUtcNow());
        return number;
    }

    /// <summary>Something was settled just now: the next page counts again.</summary>
    public void Forget() => counted = null;
}
