using Automation.Marketing.Sending;

namespace Automation.Functions.Hosting;

/// <summary>Small files of the data folder.</summary>
public static class Files
{
    /// <summary>The data folder's SQLite file.</summary>
    public const string Database = "automation.db";

    /// <summary>Writes a file so that a kill leaves either the old or the new content, on disk, never a
    /// piece.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(path + ".new");   // a link of that name would lead elsewhere
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path + ".new", options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        FolderFlush.Flush(folder.FullName);
    }

    /// <summary>Creates a folder that only its owner may look into. One that is there keeps its mode unless it is the
    /// data folder of an earlier version (whose file lies in it): anybody's folder may have been named by
    /// mistake.</summary>
    public static void OwnFolder(string path)
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(path); return; }
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!Directory.Exists(path)) Directory.CreateDirectory(path, owner);
        else if (File.Exists(Path.Combine(path, Database))
            && File.GetUnixFileMode(path) is var mode
            && (mode & ~owner) != 0
            && (mode & UnixFileMode.StickyBit) == 0)
        {
            // Somebody else's folder, a mounted volume: the files in it are ours alone in any case.
            try { File.SetUnixFileMode(path, mode & owner); }
            catch (UnauthorizedAccessException) { }
        }
    }

    /// <inheritdoc cref="Secret(string, out bool)"/>
    public static string Secret(string path) => Secret(path, out _);

    /// <summary>The secret in this file; made up at first (48 hex digits), readable only by the owner.</summary>
    /// <param name="made">It was made up just now.</param>
    public static string Secret(string path, out bool made)
    {
        made = false;
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known) return known;
        made = true;
        var secret = System.Security.Cryptography.RandomNumberGenerator.GetHexString(48, lowercase: true);
        Replace(path, System.Text.Encoding.ASCII.GetBytes(secret), secret: true);
        return secret;
    }
}
