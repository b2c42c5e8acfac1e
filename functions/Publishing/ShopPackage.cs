using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Automation.Marketing.Mails;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Publishing;

/// <summary>The shop's own files as one thing: path → text (of pictures Base64), sorted; named by their contents.
/// JSON: <c>{"files":{"shop.json":"…",…}}</c>.</summary>
public sealed record ShopPackage(SortedDictionary<string, string> Files)
{
    private static readonly string[] Tops =
        ["answers", "coupons", "journeys", "lines", "mails", "newsletters", "pictures", "tests"];

    /// <summary>UTF-8 bytes of a name and of a whole path: what file systems take, with room for the folder's
    /// own.</summary>
    private const int LongestName = 200, LongestPath = 400;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>16 hex digits; the same files have the same.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes(Files)).AsSpan(0, 8));

    public byte[] Write() => Bytes(Files);

    public ShopPackage With(string path, string text) =>
        new(new SortedDictionary<string, string>(Files, StringComparer.Ordinal) { [path] = text });

    public ShopPackage Without(string path)
    {
        var files = new SortedDictionary<string, string>(Files, StringComparer.Ordinal);
        files.Remove(path);
        return new(files);
    }

    /// <summary>The folder's files; links are left out. InvalidDataException names a file that is not text.</summary>
    public static ShopPackage Of(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, file) in Places(folder))
        {
            var bytes = File.ReadAllBytes(file);
            try { files[path] = IsPicture(path) ? Convert.ToBase64String(bytes) : Strict.GetString(bytes); }
            catch (DecoderFallbackException) { throw new InvalidDataException($"{path} is not UTF-8 text."); }
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
                if (Encoding.UTF8.GetByteCount(file.Name) > LongestPath)
                    throw new InvalidDataException(
                        $"A file's path has at most {LongestPath} bytes; this one is longer: {file.Name[..60]}…");
                if (!IsPlace(file.Name))
                    throw new InvalidDataException(
                        $"{file.Name} is not a place for a file of a shop: shop.json, or .json and .md files "
                        + $"(coupons: .csv, pictures: .png, .jpg …) below {string.Join(", ", Tops)}.");
                files[file.Name] = file.Value.GetString()
                    ?? throw new InvalidDataException($"{file.Name} has no text.");
                if (IsPicture(file.Name) && !Base64.IsValid(files[file.Name]))
                    throw new InvalidDataException($"{file.Name} is a picture, and its text is not Base64.");
            }
            if (files.Keys.FirstOrDefault(path => Folders(path).Any(files.ContainsKey)) is { } inside)
                throw new InvalidDataException($"{inside} lies in a folder that is a file too.");
            return files.ContainsKey("shop.json") ? new(files)
                : throw new InvalidDataException("There is no shop.json among the files.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException(
                """Send {"files":{"shop.json":"…","journeys/welcome.json":"…"}}, the whole folder.""", wrong);
        }
    }

    /// <summary>Why they cannot be written into a folder: a link on the way, a file where a folder belongs; null: they
    /// can.</summary>
    public string? Obstacle(string folder)
    {
        foreach (var path in Files.Keys)
        {
            if (Links.On(folder, path) is { } link)
                return $"{link} is a link, and nothing is written through links: take it away first.";
            if (Folders(path).FirstOrDefault(part => File.Exists(Path.Combine(folder, part))) is { } file)
                return $"{file} is a file, and {path} needs a folder of that name.";
            if (Directory.Exists(Path.Combine(folder, path))) return $"{path} is a folder there, not a file.";
        }
        return null;
    }

    /// <summary>Writes them into a folder, each file old or new and never a piece, and takes away what is none of them;
    /// links stay as they are. May be repeated. InvalidDataException where something is in the way.</summary>
    public void Unpack(string folder)
    {
        if (Obstacle(folder) is { } obstacle) throw new InvalidDataException(obstacle);
        foreach (var (path, text) in Files)
        {
            var place = Path.Combine(folder, path);
            if (IsPicture(path))
            {
                var bytes = Convert.FromBase64String(text);
                if (!File.Exists(place) || !File.ReadAllBytes(place).AsSpan().SequenceEqual(bytes))
                    Hosting.Files.Replace(place, bytes);
            }
            else if (!File.Exists(place) || File.ReadAllText(place) != text)
                Hosting.Files.Replace(place, Strict.GetBytes(text));
        }
        foreach (var (path, file) in Places(folder))
            if (!Files.ContainsKey(path)) File.Delete(file);
    }

    /// <summary>The files of a shop in a folder, by path: none that is a link or lies behind one.</summary>
    private static IEnumerable<(string Path, string File)> Places(string folder) =>
        from file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", Links.Below) : []
        let path = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')
        where IsPlace(path)
        select (path, file);

    /// <summary>The folders a path leads through, as paths.</summary>
    private static IEnumerable<string> Folders(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1)) yield return path[..end];
    }

    /// <summary>Nothing outside, nothing hidden, nothing that is not a shop's.</summary>
    public static bool IsPlace(string path) => path == "shop.json"
        || path.Split('/') is [var top, .. { Length: > 0 } rest] && Tops.Contains(top)
            && (top == "coupons" ? path.EndsWith(".csv", StringComparison.Ordinal)
                : top == "pictures" ? PublishedPictures.TypeOf(path) is not null
                : path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".md", StringComparison.Ordinal))
            && rest.All(part => part.Length > 0
                && Encoding.UTF8.GetByteCount(part) <= LongestName
                && part[0] != '.'
                && part.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'));

    /// <summary>Bytes and not text.</summary>
    public static bool IsPicture(string path) => path.StartsWith("pictures/", StringComparison.Ordinal);

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
