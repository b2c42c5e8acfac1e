using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Access;

/// <summary>One key of the API and the console; of its text only the hash is kept in memory.</summary>
public sealed class NamedKey(Caller caller, string text)
{
    private readonly byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public Caller Caller => caller;

    /// <summary>Changes with the key's text: a session that was opened with another text is over.</summary>
    public string Fingerprint => Convert.ToHexStringLower(hash.AsSpan(0, 8));

    /// <summary>Is this the hash of its text? In constant time.</summary>
    internal bool Is(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(hash, other);
}

/// <summary>All keys of this shop.</summary>
public sealed class Keyring(IReadOnlyList<NamedKey> keys)
{
    /// <summary>Whose key this is; null: nobody's. All are compared, whichever it is.</summary>
    public NamedKey? Find(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        NamedKey? found = null;
        foreach (var key in keys) if (key.Is(hash)) found = key;
        return found;
    }

    /// <summary>The key a session was opened with, as long as it holds.</summary>
    public NamedKey? Still(string name, string fingerprint) =>
        keys.FirstOrDefault(key => key.Caller.Name == name && key.Fingerprint == fingerprint);
}
