namespace Automation.Marketing.Sending;

/// <summary>A pause after many failures in a row: what would only become uncertain waits instead.</summary>
/// <param name="failures">How many in a row open it.</param>
/// <param name="pause">How long it stays open; null: five seconds.</param>
public sealed class CircuitBreaker(TimeProvider time, int failures = 10, TimeSpan? pause = null)
{
    private readonly TimeSpan pause = pause ?? TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();

    private int failed;
    private long? opened;

    /// <summary>How long nothing should be tried; null: go on. Elapsed time: a clock that is put back makes it no
    /// longer.</summary>
    public TimeSpan? Open
    {
        get
        {
            lock (gate) return opened is { } since
                && pause - time.GetElapsedTime(since) is var left
                && left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>Counts an outcome and hands it on.</summary>
    public DeliveryResult Note(DeliveryResult handover)
    {
        lock (gate)
        {
            if (handover is DeliveryResult.Accepted or DeliveryResult.Refused) failed = 0;
            else if (++failed >= failures) (failed, opened) = (0, time.GetTimestamp());
        }
        return handover;
    }
}
