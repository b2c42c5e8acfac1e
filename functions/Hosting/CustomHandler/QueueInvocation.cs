using System.Globalization;
using System.Text;
using Automation.DurableTask.Functions;
using Automation.Marketing.Orders;
using Automation.Storage;

namespace Automation.Functions.Hosting.CustomHandler;

/// <summary>
/// One queue message as the Functions host delivers it: text it has decoded from base64. What cannot be read, or has failed for the
/// last time, is parked and counts as done; another failure throws and the host shows the message again.
/// </summary>
public sealed partial class QueueInvocation(QueueFunction run, ParkMessage park, ILogger log)
{
    /// <summary>
    /// Deliveries after which a failure is the last one; fewer than <c>maxDequeueCount</c> in host.json, which is left for messages whose
    /// deliveries never end in an answer (the process is killed each time).
    /// </summary>
    public const int Attempts = 5;

    public async Task Run(InvocationEnvelope invocation, string binding, CancellationToken aborted)
    {
        var message = Message(invocation, binding);
        try
        {
            await run(message, aborted);
        }
        catch (Exception failure) when (failure is UnreadableException or InvalidDataException || (message.DequeueCount >= Attempts && failure is not (OutOfMemoryException or OperationCanceledException)))
        {
            await park(message, failure.Message, CancellationToken.None);
            LogParked(message.Id, failure.Message, failure);
        }
    }

    private static QueuedMessage Message(InvocationEnvelope invocation, string binding)
    {
        var body = Encoding.UTF8.GetBytes(invocation.Text(binding) ?? throw new InvalidOperationException($"Nothing is bound to '{binding}'."));
        var count = long.TryParse(invocation.Metadata("DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        var inserted = DateTimeOffset.TryParse(invocation.Metadata("InsertionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default;
        return new QueuedMessage(invocation.Metadata("Id") ?? "", invocation.Metadata("PopReceipt") ?? "", body, count, inserted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "message {Message} parked: {Reason}")]
    private partial void LogParked(string message, string reason, Exception error);
}
