namespace Automation.Functions.Tests.WholeThing;

/// <summary>The shop of docs/examples, and the birthday of the shop as shipped: the journeys that people copy, in one
/// folder.</summary>
internal static class ExampleShop
{
    public static void Write(string folder)
    {
        Copy("examples", folder, file => !file.StartsWith("tests", StringComparison.Ordinal));
        Copy("shop", folder, file => file.Contains("birthday", StringComparison.Ordinal)
            && !file.StartsWith("tests", StringComparison.Ordinal));
        var settings = Path.Combine(folder, "shop.json");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace(
            "\"timeZone\":", "\"attributes\": { \"birthday\": \"date\" },\n  \"timeZone\":", StringComparison.Ordinal));
    }

    private static void Copy(string from, string to, Func<string, bool> wanted)
    {
        var root = Path.Combine(AppContext.BaseDirectory, from);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, file);
            if (!wanted(name)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            File.Copy(file, Path.Combine(to, name));
        }
    }
}
