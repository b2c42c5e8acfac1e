using System.Collections.Concurrent;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace Automation.Storage.Azure;

/// <summary>How the services are called: a try may take 30 s and is repeated up to 5 times after 0.2, 0.4, 0.8 … s (or
/// when the service says) on 408, 429, 5xx and lost connections. The SDK's diagnostics have addresses, and these have
/// row keys.</summary>
public sealed class AzureStorageOptions
{
    /// <summary>Counts what is sent to the service, each try by itself, as the bill does.</summary>
    public StorageRequests Requests { get; init; } = new();

    /// <summary>Has the last word about a client: its transport, its retries.</summary>
    public Action<ClientOptions>? Adjust { get; init; }

    internal T For<T>(T client) where T : ClientOptions
    {
        client.Retry.MaxRetries = 5;
        client.Retry.Delay = TimeSpan.FromMilliseconds(200);
        client.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        client.AddPolicy(new Tries(Requests), HttpPipelinePosition.PerRetry);
        Adjust?.Invoke(client);
        return client;
    }
}

/// <summary>Tables and queues of one account (or of Azurite). One per program: it holds the pace of polling.</summary>
public sealed class AzureStorage
{
    private const QueueClientOptions.ServiceVersion Version = QueueClientOptions.ServiceVersion.V2020_12_06;

    /// <summary>With a shared key: a connection string. ArgumentException where it lacks something.</summary>
    public AzureStorage(string connectionString, AzureStorageOptions? options = null)
    {
        options ??= new();
        try
        {
            Tables = new AzureTables(new(connectionString, options.For(new TableClientOptions())));
            Queues = new AzureQueues(new(connectionString, options.For(new QueueClientOptions(Version))));
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidOperationException)
        {
            // The SDK's own words may repeat what they were given, a key included.
            throw new ArgumentException("The storage connection string is not understood: a list of Name=Value; pairs "
                + "with AccountName and AccountKey (base64), or UseDevelopmentStorage=true.");
        }
    }

    /// <summary>With Entra ID: the account's name, and who may write its tables and queues.</summary>
    public AzureStorage(string account, TokenCredential credential, AzureStorageOptions? options = null)
    {
        options ??= new();
        if (account.Length is < 3 or > 24 || !account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"'{account}' is not an account's name: 3 to 24 small letters and digits.");
        Uri Address(string service) => new($"https://{account}.{service}.core.windows.net");
        Tables = new AzureTables(new(Address("table"), credential, options.For(new TableClientOptions())));
        Queues = new AzureQueues(new(Address("queue"), credential, options.For(new QueueClientOptions(Version))));
    }

    public TableService Tables { get; }
    public QueueService Queues { get; }

    private sealed class AzureTables(TableServiceClient client) : TableService
    {
        private readonly ConcurrentDictionary<string, AzureTable> tables = new(StringComparer.OrdinalIgnoreCase);

        public override Table GetTable(string tableName) =>
            tables.GetOrAdd(tableName, name => new AzureTable(StorageNames.Table(name), client.GetTableClient(name)));
    }

    private sealed class AzureQueues(QueueServiceClient client) : QueueService
    {
        private readonly ConcurrentDictionary<string, AzureQueue> queues = new(StringComparer.Ordinal);

        public override Queue GetQueue(string queueName) =>
            queues.GetOrAdd(queueName, name => new AzureQueue(StorageNames.Queue(name), client.GetQueueClient(name)));
    }
}
