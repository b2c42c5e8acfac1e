namespace Automation.Marketing.Sending;

/// <summary>A pause after many failures in a row: what would only become uncertain waits instead.</summary>
/// <param name="failures">How many in a row open it.</param>
/// <param name="pause">How long it stays open; null: five seconds.</param>
public sealed class Breaker(TimeProvider time, int failures = 10, TimeSpan? pause = null)
{
    private readonly TimeSpan pause = pause ?? TimeSpan.FromSeconds(5);

    private int failed;
    private long openUntil;

    /// <summary>How long nothing should be tried; null: go on.</summary>
    public TimeSpan? Open => Interlocked.Read(ref openUntil) - time.GetUtcNow().UtcTicks is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Counts an outcome and hands it on.</summary>
    public Handover Note(Handover handover)
    {
        if (handover is Handover.Accepted or Handover.Refused) Interlocked.Exchange(ref failed, 0);
        else if (Interlocked.Increment(ref failed) >= failures)
        {
            Interlocked.Exchange(ref failed, 0);
            Interlocked.Exchange(ref openUntil, (time.GetUtcNow() + pause).UtcTicks);
        }
        return handover;
    }
}
