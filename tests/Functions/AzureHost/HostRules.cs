using System.Globalization;
using System.Text.Json;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>What host.json asks of the host.</summary>
/// <param name="Lease">How long a message in hand is invisible: ten minutes, and nothing in host.json changes
/// it.</param>
internal sealed record HostRules(
    int BatchSize, int MaxDequeueCount, TimeSpan VisibilityTimeout, TimeSpan MaxPollingInterval, TimeSpan Lease)
{
    /// <summary>The longest pause of Durable Functions between two looks at one of their queues.</summary>
    public required TimeSpan DurablePolling { get; init; }

    public static HostRules Read(string app)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(app, "host.json")));
        var extensions = json.RootElement.GetProperty("extensions");
        var queues = extensions.GetProperty("queues");
        return new(
            queues.GetProperty("batchSize").GetInt32(),
            queues.GetProperty("maxDequeueCount").GetInt32(),
            Time(queues, "visibilityTimeout"),
            Time(queues, "maxPollingInterval"),
            TimeSpan.FromMinutes(10))
        {
            DurablePolling = Time(
                extensions.GetProperty("durableTask").GetProperty("storageProvider"), "maxQueuePollingInterval"),
        };

        static TimeSpan Time(JsonElement from, string name) =>
            TimeSpan.Parse(from.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
    }
}
