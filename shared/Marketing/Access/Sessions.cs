using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Access;

/// <summary>Somebody signed in to the console.</summary>
/// <param name="Secret">What their browser holds: 43 characters of base64url.</param>
public sealed record Session(Caller Caller, string Secret, DateTimeOffset Until)
{
    private static readonly byte[] Purpose = "console form"u8.ToArray();

    /// <summary>What a form of this session carries: only a page of this session can know it. Another text each time,
    /// so that a compressed page gives nothing away (BREACH).</summary>
    public string FormToken()
    {
        Span<byte> token = stackalloc byte[64];
        RandomNumberGenerator.Fill(token[..32]);
        Expected().CopyTo(token[32..]);
        for (var n = 0; n < 32; n++) token[32 + n] ^= token[n];
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Was this token made by this session?</summary>
    public bool Knows(string? token)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (token is not { Length: 86 } || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length != 64)
            return false;
        for (var n = 0; n < 32; n++) bytes[32 + n] ^= bytes[n];
        return CryptographicOperations.FixedTimeEquals(bytes[32..], Expected());
    }

    private byte[] Expected() => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), Purpose);
}

/// <summary>A session that goes on, as seen from outside: nobody can sign in with this.</summary>
/// <param name="Id">The hash of what the browser holds.</param>
/// <param name="Name">Whose key opened it.</param>
public sealed record OpenSession(string Id, string Name, DateTimeOffset UsedAt, DateTimeOffset Until)
{
    /// <summary>When it was opened.</summary>
    public DateTimeOffset Since => Until - Sessions.Longest;
}

/// <summary>Who is signed in: a row each, under the hash of what the browser holds, so that whoever reads the tables
/// cannot sign in with it, and signing out ends it on all machines.</summary>
public sealed class Sessions(Tables tables, Keyring keys, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const string Partition = "session";

    /// <summary>How long one lasts, and how long it lasts unused.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);
    public static TimeSpan Unused { get; } = TimeSpan.FromHours(2);

    /// <summary>Its last use is written down this seldom.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(10);

    /// <summary>Opens one for whoever knows this key; null: nobody does.</summary>
    public async Task<Session?> Open(string key, CancellationToken cancellation)
    {
        if (keys.Find(key.Trim()) is not { } known) return null;
        await Sweep(cancellation);
        var (secret, now) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), wall.GetUtcNow());
        await tables.Access.Add(
            new Row(Partition, Hash(secret))
            {
                { "Name", known.Caller.Name },
                { "Key", known.Fingerprint },
                { "Until", now + Longest },
                { "UsedAt", now },
            },
            cancellation);
        return new(known.Caller, secret, now + Longest);
    }

    /// <summary>The session of this secret; null: it is over, or there was none.</summary>
    public async Task<Session?> Find(string? secret, CancellationToken cancellation)
    {
        if (secret is not { Length: 43 }) return null;
        if (await tables.Access.Find(Partition, Hash(secret), cancellation) is not { } row) return null;
        if (!Holds(row, out var until, out var caller)) return null;
        if (wall.GetUtcNow() - row.GetDateTimeOffset("UsedAt") > Exactness)
            await tables.Access.Update(
                new Row(Partition, row.RowKey) { { "UsedAt", wall.GetUtcNow() } }, row.ETag, UpdateMode.Merge,
                cancellation);
        return new(caller, secret, until);
    }

    /// <summary>Ends it, on all machines.</summary>
    public Task Close(string secret) => tables.Access.Delete(Partition, Hash(secret), ETag.All);

    /// <summary>Those that go on, the latest used first.</summary>
    /// <param name="name">Whose; null: everybody's.</param>
    public async Task<IReadOnlyList<OpenSession>> List(string? name, CancellationToken cancellation)
    {
        List<OpenSession> open = [];
        await foreach (var row in tables.Access.Query(new TableQuery { PartitionKey = Partition }, cancellation))
            if (Holds(row, out var until, out var caller) && (name is null || caller.Name == name))
                open.Add(new(row.RowKey, caller.Name, row.GetDateTimeOffset("UsedAt") ?? default, until));
        return [.. open.OrderByDescending(one => one.UsedAt)];
    }

    /// <summary>Ends one by its id, on all machines; false: there is none, or it is another's.</summary>
    /// <param name="name">Whose it has to be; null: anybody's.</param>
    public async Task<bool> End(string id, string? name, CancellationToken cancellation) =>
        id.Length == 64
        && await tables.Access.Find(Partition, id, cancellation) is { } row
        && (name is null || row.GetString("Name") == name)
        && (await tables.Access.Delete(Partition, id, ETag.All, cancellation)).Done;

    /// <summary>Is this the session that somebody looks with?</summary>
    public static bool IsOf(OpenSession open, Session session) => open.Id == Hash(session.Secret);

    private bool Holds(Row row, out DateTimeOffset until, out Caller caller)
    {
        var now = wall.GetUtcNow();
        until = row.GetDateTimeOffset("Until") ?? default;
        var key = keys.Still(row.GetString("Name") ?? "", row.GetString("Key") ?? "");
        caller = key?.Caller ?? new Caller("", Role.Viewer);
        return key is not null && now < until && now - (row.GetDateTimeOffset("UsedAt") ?? default) < Unused;
    }

    /// <summary>Those that are over go when the next is opened; there are never many.</summary>
    private async Task Sweep(CancellationToken cancellation)
    {
        await foreach (var row in tables.Access.Query(new TableQuery { PartitionKey = Partition }, cancellation))
            if (!Holds(row, out _, out _)) await tables.Access.Delete(Partition, row.RowKey, row.ETag, cancellation);
    }

    private static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
