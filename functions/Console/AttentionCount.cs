using Automation.Marketing;
using Automation.Marketing.Inbox;

namespace Automation.Functions.Console;

/// <summary>How many things wait for a person, beside the navigation of every page: counted at most every quarter of a
/// minute, in one read, up to a hundred.</summary>
public sealed class AttentionCount(AttentionList list, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const int Most = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private volatile Counted? counted;

    private sealed record Counted(int Number, DateTimeOffset At);

    public async ValueTask<int> Read(CancellationToken cancellation)
    {
        if (counted is { } known && wall.GetUtcNow() - known.At < Fresh) return known.Number;
        var number = (await list.First(Most, cancellation)).Count;
        counted = new(number, wall.GetUtcNow());
        return number;
    }

    /// <summary>Something was settled just now: the next page counts again.</summary>
    public void Forget() => counted = null;
}
