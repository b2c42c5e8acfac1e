using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Functions.Hosting;

namespace Automation.Functions.Imports;

/// <summary>How far an import of one file (recognised by its contents) got; there only while it is not
/// finished.</summary>
public sealed class Bookmark
{
    private readonly string path;

    private Bookmark(string path) => this.path = path;

    public static Bookmark Of(string file, string dataFolder)
    {
        using var content = File.OpenRead(file);
        return new Bookmark(Path.Combine(
            dataFolder, "imports", Convert.ToHexStringLower(SHA256.HashData(content))[..32]));
    }

    public (int Rows, int Imported, List<BadLine> Bad) Read() =>
        File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), BookmarkJson.Default.Page) is { } page
            ? (page.Rows, page.Imported, [.. page.Bad]) : (0, 0, []);

    public void Write(int rows, int imported, IReadOnlyList<BadLine> bad) =>
        Files.Replace(
            path, JsonSerializer.SerializeToUtf8Bytes(new Page(rows, imported, bad), BookmarkJson.Default.Page));

    public void Remove() => File.Delete(path);

    internal sealed record Page(int Rows, int Imported, IReadOnlyList<BadLine> Bad);
}

[JsonSerializable(typeof(Bookmark.Page))]
internal sealed partial class BookmarkJson : JsonSerializerContext;
