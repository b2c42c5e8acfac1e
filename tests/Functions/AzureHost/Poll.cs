namespace Automation.Functions.Tests.AzureHost;

/// <summary>One of Durable Functions' queues as its engine looks at it: again after 50 ms, and twice as long each time
/// that nothing was there, up to what host.json allows. Null: it is looked at all the time.</summary>
internal sealed class Poll(TimeSpan? most)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);
    private readonly Lock gate = new();
    private DateTimeOffset found = DateTimeOffset.UtcNow;

    /// <summary>How long something that is put there now waits until it is looked for.</summary>
    public TimeSpan Next()
    {
        if (most is not { } longest) return TimeSpan.Zero;
        lock (gate)
        {
            var now = DateTimeOffset.UtcNow;
            var (look, pause) = (found, Least);
            while (look < now)
            {
                look += pause;
                pause = pause * 2 < longest ? pause * 2 : longest;
            }
            found = look;
            return look - now;
        }
    }
}
