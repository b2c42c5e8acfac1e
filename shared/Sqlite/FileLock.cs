namespace Automation.Sqlite;

/// <summary>Keeps a second process away from a database file: by a lock file beside it and, where that does not get in
/// SQLite's own way (Linux), by the file itself, so that it holds though somebody removes the lock file. Makes the
/// files their owner's alone.</summary>
internal sealed class FileLock : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly List<FileStream> held = [];

    private FileLock() { }

    /// <summary>Throws <see cref="IOException"/> where another process is there, or the file is not whole
    /// (<see cref="LogMark"/>).</summary>
    public static FileLock Take(string path)
    {
        var taken = new FileLock();
        try
        {
            taken.Hold(path, $"{path}.lock");
            LogMark.Check(path);
            if (OperatingSystem.IsLinux()) taken.Hold(path, path);
            else if (!File.Exists(path)) Open(path, FileShare.ReadWrite).Dispose();
            if (!OperatingSystem.IsWindows())
                foreach (var file in (string[])[path, $"{path}-wal", $"{path}-shm"])
                    if (File.Exists(file)) File.SetUnixFileMode(file, Owner);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private void Hold(string path, string file)
    {
        try
        {
            held.Add(Open(file, FileShare.None));
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            throw new IOException($"{path} is in use by another process (it holds {file}). Stop that one first.", e);
        }
    }

    private static FileStream Open(string file, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
        return new FileStream(file, options);
    }

    /// <summary>Only when no connection is open any more: closing a file lets go of the locks that SQLite holds on
    /// it.</summary>
    public void Dispose()
    {
        foreach (var file in held) file.Dispose();
    }
}
