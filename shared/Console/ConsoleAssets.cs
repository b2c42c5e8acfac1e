using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Console;

/// <summary>One file that pages load.</summary>
/// <param name="Name">As in the address: with the hash of its content, so that it may be kept for ever.</param>
/// <param name="Packed">Made when first asked for, unless the build has made it.</param>
public sealed record ConsoleAsset(string Name, string ContentType, byte[] Content, Lazy<byte[]> Packed)
{
    /// <summary>As Brotli.</summary>
    public byte[] Compressed => Packed.Value;
}

/// <summary>What pages load: style sheets, scripts, pictures, schemas. It lies in this assembly and is compressed
/// once.</summary>
public static class ConsoleAssets
{
    private const string Packed = ".br";

    private static readonly Lazy<FrozenDictionary<string, ConsoleAsset>> Read = new(() =>
        typeof(ConsoleAssets).Assembly.GetManifestResourceNames()
            .Where(name => !name.EndsWith(Packed, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name, Open, StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, ConsoleAsset>> ByAddress = new(() =>
        Read.Value.Values.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal));

    /// <summary>Is there such a file? Scripts are left out where the program was built without Node.</summary>
    public static bool Has(string file) => Read.Value.ContainsKey(file);

    /// <summary>The address of a file, e.g. <c>/console/assets/console.1a2b3c4d.css</c>.</summary>
    public static string Address(string file) => $"/console/assets/{Read.Value[file].Name}";

    /// <summary>A file as text.</summary>
    public static string Text(string file) => Encoding.UTF8.GetString(Read.Value[file].Content);

    /// <summary>The file of an address' last part; null: there is none.</summary>
    public static ConsoleAsset? Find(string name) => ByAddress.Value.GetValueOrDefault(name);

    private static ConsoleAsset Open(string file)
    {
        var content = Bytes(file)!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 4));
        var dot = file.LastIndexOf('.');
        var name = $"{file[..dot]}.{hash}{file[dot..]}";
        return new(name, Type(file[dot..]), content, new(() => Bytes(file + Packed) ?? Compress(content)));
    }

    /// <summary>A resource; null: there is none.</summary>
    private static byte[]? Bytes(string file)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(file);
        if (stream is null) return null;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize)) brotli.Write(content);
        return packed.ToArray();
    }

    private static string Type(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
