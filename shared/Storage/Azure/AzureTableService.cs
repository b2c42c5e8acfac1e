using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;

namespace Automation.Storage.Azure;

/// <summary>The tables of one Azure Storage account (or of Azurite). Keep one per program: it holds the connections.</summary>
public sealed partial class AzureTableService : TableService
{
    private readonly ConcurrentDictionary<string, AzureTable> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly StorageService service;

    /// <summary>With a shared key: a connection string, or <c>UseDevelopmentStorage=true</c>. ArgumentException where it lacks something.</summary>
    public AzureTableService(string connectionString, AzureStorageOptions? options = null) : this(AzureStorageAccount.Parse(connectionString), options) { }

    /// <summary>With Entra ID: the account's name and for instance a DefaultAzureCredential (role Storage Table Data Contributor).</summary>
    public AzureTableService(string accountName, TokenCredential credential, AzureStorageOptions? options = null) : this(AzureStorageAccount.Of(accountName, credential), options) { }

    private AzureTableService(AzureStorageAccount account, AzureStorageOptions? options) => service = StorageService.Tables(account, options ?? new AzureStorageOptions());

    /// <inheritdoc/>
    public override Table GetTable(string tableName) => tables.GetOrAdd(tableName, name =>
        TableName().IsMatch(name)
            ? new AzureTable(name, service)
            : throw new ArgumentException($"'{name}' is no table name: 3 to 63 letters and digits, a letter first.", nameof(tableName)));

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex TableName();
}
