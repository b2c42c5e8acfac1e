using Azure.Core;

namespace Automation.Storage.Azure;

/// <summary>
/// How the storage services are called: retries, transport and diagnostics as in every Azure client. By default a try may take
/// 30 s and is repeated up to 5 times after 0.2, 0.4, 0.8 … s (or when the service says) on 408, 429, 5xx and lost connections. Who listens to the diagnostics sees addresses, and they have row keys in them.
/// </summary>
public sealed class AzureStorageOptions : ClientOptions
{
    public AzureStorageOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 5;
        Retry.Delay = TimeSpan.FromMilliseconds(200);
        Retry.MaxDelay = TimeSpan.FromSeconds(10);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        Transport = Connections.Shared;
    }

    /// <summary>Counts what is sent to the service, each try by itself, as the bill does.</summary>
    public StorageRequests Requests { get; init; } = new();

    /// <summary>Paces the polling of queues; real time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
