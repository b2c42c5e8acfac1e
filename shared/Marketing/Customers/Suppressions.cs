using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Customers;

/// <summary>Addresses nobody may write to: hard bounces, complaints, the erased. Kept as salted hashes, so that they
/// outlive the person's data. The salt is made once and lies in the table itself (<c>salt|salt</c>).</summary>
public sealed class Suppressions(Tables tables)
{
    private byte[]? salt;

    /// <summary>Why this address is suppressed; null: it is not.</summary>
    public async ValueTask<string?> Find(Identity address)
    {
        var (shard, hash) = Key(await Salt(), address);
        return (await tables.Suppression.Find(shard, hash))?.GetString("Reason");
    }

    /// <summary>Suppresses it; the first reason stays.</summary>
    public async Task Add(Identity address, string reason, DateTimeOffset at)
    {
        var (shard, hash) = Key(await Salt(), address);
        await tables.Suppression.Add(new Row(shard, hash) { { "Reason", reason }, { "At", at } });
    }

    private async ValueTask<byte[]> Salt()
    {
        while (salt is null)
        {
            if (await tables.Suppression.Find("salt", "salt") is { } row) salt = row.GetBinary("Salt");
            else await tables.Suppression.Add(new Row(
                "salt", "salt") { { "Salt", RandomNumberGenerator.GetBytes(32) } });
        }
        return salt;
    }

    private static (string Shard, string Hash) Key(byte[] salt, Identity address)
    {
        var hash = Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(address.ToString())));
        return (hash[..2], hash);
    }
}
