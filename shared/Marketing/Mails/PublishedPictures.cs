using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Automation.Marketing.Inbox;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>A picture as it is served.</summary>
/// <param name="Type">Its media type.</param>
public sealed record Picture(byte[] Bytes, string Type);

/// <summary>The shop's own pictures, served by the program itself. An address names the bytes
/// (<c>/pictures/{hash}/{name}</c>): it may be kept for ever, a changed picture has another, and what was published
/// stays: a mail opened years later shows what it showed.</summary>
public sealed class PublishedPictures(Tables tables, MarketingOptions options)
{
    private const string Partition = "pictures";

    /// <summary>Bytes of one picture: what a phone loads while its reader waits.</summary>
    public const int Largest = 500_000;

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>Media types by ending.</summary>
    public static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif",
        ["webp"] = "image/webp",
    }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<string, bool> kept = new();

    /// <summary>The media type of a picture's name; null: it is not one's.</summary>
    public static string? TypeOf(string name) =>
        name.LastIndexOf('.') is > 0 and var dot ? Types.GetValueOrDefault(name[(dot + 1)..]) : null;

    /// <summary>Keeps these pictures; answers their addresses, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Publish(
        IReadOnlyDictionary<string, byte[]> pictures, CancellationToken cancellation = default)
    {
        var site = options.PublicUrl.Length > 0 ? options.PublicUrl.TrimEnd('/') : "https://shop.example";
        var addresses = new Dictionary<string, string>();
        foreach (var (name, bytes) in pictures)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
            var key = Key(hash, name);
            if (!kept.ContainsKey(key) && await tables.Bodies.Find(Partition, key, cancellation) is null)
                await Bodies.Write(tables.Bodies, Partition, key, bytes, cancellation);
            kept[key] = true;
            addresses[name] = $"{site}/{ShopPictures.Folder}{hash}/{Uri.EscapeDataString(name)}";
        }
        return addresses;
    }

    /// <summary>A picture that was published once; null: there never was such a one.</summary>
    public async ValueTask<Picture?> Find(string hash, string name) =>
        hash.Length == 16 && hash.All(char.IsAsciiHexDigitLower) && name.Length <= LongestName
        && TypeOf(name) is { } type
        && await Bodies.Read(tables.Bodies, Partition, Key(hash, name)) is { } bytes ? new(bytes, type) : null;

    private static string Key(string hash, string name) => $"{hash}-{Keys.Safe(name)}";
}
