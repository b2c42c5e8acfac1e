using System.Data.Common;
using Azure.Core;

namespace Automation.Storage.Azure;

/// <summary>Where an account's tables and queues are and how to prove that we may use them: by its key, or by a token (Entra ID).</summary>
internal sealed record AzureStorageAccount(string Name, Uri Tables, Uri Queues, byte[]? Key, TokenCredential? Credential)
{
    private const string EmulatorName = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";   // published, the same everywhere

    /// <summary>The account of this name in the public cloud, with tokens of <paramref name="credential"/>.</summary>
    public static AzureStorageAccount Of(string name, TokenCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (name.Length is < 3 or > 24 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"'{name}' is no storage account name: 3 to 24 lower-case letters and digits.", nameof(name));
        return new(name, Address($"https://{name}.table.core.windows.net"), Address($"https://{name}.queue.core.windows.net"), null, credential);
    }

    /// <summary>
    /// Reads a connection string: <c>UseDevelopmentStorage=true</c>, or AccountName and AccountKey with either explicit
    /// TableEndpoint and QueueEndpoint or DefaultEndpointsProtocol and EndpointSuffix. Says what is missing, never what the key is.
    /// </summary>
    public static AzureStorageAccount Parse(string connectionString)
    {
        var parts = new DbConnectionStringBuilder();
        try { parts.ConnectionString = connectionString; }
        catch (ArgumentException) { throw new ArgumentException("The storage connection string is not a list of Name=Value; pairs."); }
        string? Part(string name) => parts.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : null;

        if (Part("UseDevelopmentStorage") is { } emulator && bool.TryParse(emulator, out var used) && used)
            return new(EmulatorName, Address($"http://127.0.0.1:10002/{EmulatorName}"), Address($"http://127.0.0.1:10001/{EmulatorName}"), Convert.FromBase64String(EmulatorKey), null);

        var account = Part("AccountName") ?? throw new ArgumentException("The storage connection string has no AccountName.");
        var key = Part("AccountKey") ?? throw new ArgumentException("The storage connection string has no AccountKey (for Entra ID give the account's name instead; SAS is not supported).");
        var decoded = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, decoded, out var length)) throw new ArgumentException("The AccountKey of the storage connection string is not base64.");
        var suffix = Part("EndpointSuffix") ?? "core.windows.net";
        var scheme = Part("DefaultEndpointsProtocol") ?? "https";
        Uri Endpoint(string service) => Address(Part(char.ToUpperInvariant(service[0]) + service[1..] + "Endpoint") ?? $"{scheme}://{account}.{service}.{suffix}");
        return new(account, Endpoint("table"), Endpoint("queue"), decoded[..length], null);
    }

    /// <summary>With a slash at its end, so that names can be put behind it.</summary>
    private static Uri Address(string text) => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new ArgumentException($"'{text}' is no address of a storage service.");

    /// <summary>Is this Azurite? It takes a text apart at any byte where it arrives in pieces, so it must get ASCII only.</summary>
    public bool IsEmulator => Name == EmulatorName;

    /// <summary>Name and addresses only: a key must not get into a log.</summary>
    public override string ToString() => $"{Name} ({Tables}, {Queues})";
}
