using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Functions.Pushing;

/// <summary>The shop's own files as one thing: path → text, sorted; named by their contents. JSON: <c>{"files":{"shop.json":"…",…}}</c>.</summary>
public sealed record ShopPackage(SortedDictionary<string, string> Files)
{
    private static readonly string[] Folders = ["journeys", "mails", "newsletters", "tests"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>16 hex digits; the same files have the same.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes(Files)).AsSpan(0, 8));

    public byte[] Write() => Bytes(Files);

    public ShopPackage With(string path, string text) => new(new SortedDictionary<string, string>(Files, StringComparer.Ordinal) { [path] = text });

    /// <summary>The folder's files. InvalidDataException names one that is no text.</summary>
    public static ShopPackage Of(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (!IsPlace(path)) continue;
            try { files[path] = Strict.GetString(File.ReadAllBytes(file)); }
            catch (DecoderFallbackException) { throw new InvalidDataException($"{path} is no UTF-8 text."); }
        }
        return new(files);
    }

    /// <summary>InvalidDataException says what is wrong with it.</summary>
    public static ShopPackage Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
            {
                if (!IsPlace(file.Name)) throw new InvalidDataException($"{file.Name} is no place for a file of a shop: shop.json, or .json and .md files below {string.Join(", ", Folders)}.");
                files[file.Name] = file.Value.GetString() ?? throw new InvalidDataException($"{file.Name} has no text.");
            }
            return files.ContainsKey("shop.json") ? new(files) : throw new InvalidDataException("There is no shop.json among the files.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("""Send {"files":{"shop.json":"…","journeys/welcome.json":"…"}}, the whole folder.""", wrong);
        }
    }

    /// <summary>Writes them into a folder, each file old or new and never a piece, and takes away what is none of them. May be repeated.</summary>
    public void Unpack(string folder)
    {
        foreach (var (path, text) in Files)
        {
            var place = Path.Combine(folder, path);
            if (!File.Exists(place) || File.ReadAllText(place) != text) Hosting.Files.Replace(place, Strict.GetBytes(text));
        }
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(folder, file).Replace('\\', '/') is var path && IsPlace(path) && !Files.ContainsKey(path)) File.Delete(file);
    }

    /// <summary>Nothing outside, nothing hidden, nothing that is not a shop's.</summary>
    private static bool IsPlace(string path) => path == "shop.json"
        || path.Split('/') is [var top, .. { Length: > 0 } rest] && Folders.Contains(top)
            && (path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal))
            && rest.All(part => part.Length is > 0 and <= 100 && part[0] != '.' && part.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'));

    private static byte[] Bytes(SortedDictionary<string, string> files)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("files"u8);
            foreach (var (path, text) in files) json.WriteString(path, text);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
