using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;

namespace Automation.Storage.Azure;

/// <summary>The queues of one Azure Storage account (or of Azurite). Keep one per program: it holds the connections and the pace of polling.</summary>
public sealed partial class AzureQueueService : QueueService
{
    private readonly ConcurrentDictionary<string, AzureQueue> queues = new(StringComparer.Ordinal);
    private readonly StorageService service;
    private readonly TimeProvider time;

    /// <summary>With a shared key: a connection string, or <c>UseDevelopmentStorage=true</c>. ArgumentException where it lacks something.</summary>
    public AzureQueueService(string connectionString, AzureStorageOptions? options = null) : this(AzureStorageAccount.Parse(connectionString), options ?? new AzureStorageOptions()) { }

    /// <summary>With Entra ID: the account's name and for instance a DefaultAzureCredential (role Storage Queue Data Contributor).</summary>
    public AzureQueueService(string accountName, TokenCredential credential, AzureStorageOptions? options = null) : this(AzureStorageAccount.Of(accountName, credential), options ?? new AzureStorageOptions()) { }

    private AzureQueueService(AzureStorageAccount account, AzureStorageOptions options) => (service, time) = (StorageService.Queues(account, options), options.Time);

    /// <inheritdoc/>
    public override Queue GetQueue(string queueName) => queues.GetOrAdd(queueName, name =>
        QueueName().IsMatch(name)
            ? new AzureQueue(name, service, time)
            : throw new ArgumentException($"'{name}' is no queue name: 3 to 63 lower-case letters, digits and single dashes inside.", nameof(queueName)));

    [GeneratedRegex("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]\\z")]
    private static partial Regex QueueName();
}
