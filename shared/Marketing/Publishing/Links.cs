using System.IO.Enumeration;

namespace Automation.Marketing.Publishing;

/// <summary>Links in the shop folder lead out of it: nothing is read, written or deleted through them, and each is
/// named.</summary>
public static class Links
{
    /// <summary>All of a folder, at any depth, but links and what lies behind them.</summary>
    public static EnumerationOptions Below { get; } = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint
    };

    /// <summary>What lies directly in a folder, but links.</summary>
    public static EnumerationOptions Beside { get; } =
        new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>The first link on the way to a place in a folder, as a path in it; null: there is none.</summary>
    public static string? On(string folder, string path)
    {
        for (var end = path.IndexOf('/'); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (IsLink(Path.Combine(folder, part))) return part;
            if (end < 0) return null;
        }
    }

    /// <summary>Every link where files of a shop may lie, as a path in the folder; hidden ones are nobody's
    /// files.</summary>
    public static IEnumerable<string> In(string root)
    {
        if (IsLink($"{root}/shop.json")) yield return "shop.json";
        foreach (var folder in ShopFolder.Folders)
        {
            if (IsLink($"{root}/{folder}")) yield return folder;
            else if (Directory.Exists($"{root}/{folder}"))
                foreach (var link in LinksBelow($"{root}/{folder}"))
                    if (Path.GetRelativePath(root, link).Replace('\\', '/') is var path
                        && path.Split('/').All(part => part[0] != '.'))
                        yield return path;
        }
    }

    private static FileSystemEnumerable<string> LinksBelow(string folder) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new()
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = 0
        })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
}
