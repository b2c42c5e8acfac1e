namespace Automation.Storage;

/// <summary>What Queue Storage refuses, refused here too.</summary>
internal static class QueueRules
{
    private const int MostMessages = 32;
    public static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7);

    public static void CheckBody(ReadOnlyMemory<byte> body)
    {
        if (body.Length > QueuedMessage.LargestBody)
            throw new ArgumentException($"The body has {body.Length} bytes; at most {QueuedMessage.LargestBody}.");
    }

    public static void CheckReceive(int maxMessages, TimeSpan visibilityTimeout)
    {
        if (maxMessages is < 1 or > MostMessages)
            throw new ArgumentOutOfRangeException(nameof(maxMessages), maxMessages, "1 to 32 messages at a time.");
        ArgumentOutOfRangeException.ThrowIfEqual(visibilityTimeout, TimeSpan.Zero);
    }

    /// <summary>Zero to seven days.</summary>
    public static TimeSpan Hiding(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestHiding);
        return timeout;
    }
}
