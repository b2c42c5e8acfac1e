using Automation.Marketing.Sending;

namespace Automation.Functions.Hosting;

/// <summary>Small files of the data folder.</summary>
public static class Files
{
    /// <summary>Writes a file so that a kill leaves either the old or the new content, on disk, never a piece.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(path + ".new");   // a link of that name would lead elsewhere
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        FolderFlush.Flush(folder.FullName);
    }

    /// <summary>The secret in this file; made up at first (48 hex digits), readable only by the owner.</summary>
    public static string Secret(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known) return known;
        var made = System.Security.Cryptography.RandomNumberGenerator.GetHexString(48, lowercase: true);
        Replace(path, System.Text.Encoding.ASCII.GetBytes(made), secret: true);
        return made;
    }
}
