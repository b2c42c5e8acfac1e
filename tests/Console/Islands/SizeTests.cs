namespace Automation.Console.Tests.Islands;

/// <summary>What a page costs before it can be used.</summary>
public sealed class SizeTests
{
    private static readonly string[] Always = ["console.css", "icon.svg", "console.js"];
    private static readonly string[] Edited = [.. Always, "editor.js", "journey.schema.json"];

    [Fact]
    public void A_first_page_loads_at_most_120_kilobytes_and_one_with_an_editor_350()
    {
        Assert.InRange(Sum(Always), 3_000, 120 * 1024);
        Assert.InRange(Sum(Edited), 100_000, 350 * 1024);
    }

    [Fact]
    public void What_the_build_compressed_is_the_file_itself_with_its_licences()
    {
        var editor = Asset("editor.js");
        using var unpacked = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(
            new MemoryStream(editor.Compressed), System.IO.Compression.CompressionMode.Decompress))
            brotli.CopyTo(unpacked);
        Assert.Equal(editor.Content, unpacked.ToArray());
        var text = System.Text.Encoding.UTF8.GetString(editor.Content);
        Assert.Contains("@codemirror/view", text, StringComparison.Ordinal);
        Assert.Contains("Permission is hereby granted, free of charge", text, StringComparison.Ordinal);
    }

    private static int Sum(IEnumerable<string> files) => files.Sum(file => Asset(file).Compressed.Length);

    private static ConsoleAsset Asset(string file) => ConsoleAssets.Find(ConsoleAssets.Address(file).Split('/')[^1])!;
}
