using System.Buffers.Text;
using System.Security.Cryptography;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Choices;

/// <summary>What somebody carries through LINE's dialog and back, once (Messaging API, "User account linking": a nonce
/// of at least 10 characters that cannot be guessed). Only its hash is kept.</summary>
public sealed class LinkNonces(Tables tables, TimeProvider time)
{
    /// <summary>How long LINE's dialog may take.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(30);

    private const string Nonces = "nonce";

    /// <summary>A new one, of 128 bits, for a customer.</summary>
    public async Task<string> Make(CustomerId account)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        await tables.Access.Upsert(
            new Row(Nonces, Keys.Hash(nonce, 32)) { { "Account", account.Value }, { "At", time.GetUtcNow() } },
            UpdateMode.Replace, CancellationToken.None);
        return nonce;
    }

    /// <summary>Whose it is; null: nobody's, or it is too old.</summary>
    public async Task<CustomerId?> AccountOf(string nonce) =>
        await tables.Access.Find(Nonces, Keys.Hash(nonce, 32)) is { } row && row.GetString("Account") is { } account
        && time.GetUtcNow() - row.GetDateTimeOffset("At") <= Holds ? new(account) : null;

    /// <summary>It was used: it is nobody's any more. Others that nobody came back with go, too.</summary>
    public async Task Forget(string nonce)
    {
        await tables.Access.Delete(Nonces, Keys.Hash(nonce, 32));
        await foreach (var row in tables.Access.Query(new TableQuery { PartitionKey = Nonces }))
            if (time.GetUtcNow() - row.GetDateTimeOffset("At") > Holds)
                await tables.Access.Delete(Nonces, row.RowKey);
    }
}
