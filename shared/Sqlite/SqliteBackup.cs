namespace Automation.Sqlite;

/// <summary>Copies of a database file, made while it is written to, and put in its place.</summary>
public static class SqliteBackup
{
    /// <summary>Writes the state of one moment into a new file, which is whole without a log. The database may be open
    /// in another process, which is not held up: SQLite's <c>VACUUM INTO</c>
    /// (https://www.sqlite.org/lang_vacuum.html).</summary>
    public static void Copy(string path, string to)
    {
        using var reader = SqliteDatabase.Reader(path);
        reader.Execute($"VACUUM INTO '{to.Replace("'", "''", StringComparison.Ordinal)}'");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>What is wrong with a file, as SQLite's <c>integrity_check</c> says it; null: nothing.</summary>
    public static string? Damage(string path)
    {
        try
        {
            using var reader = SqliteDatabase.Reader(path);
            using var check = reader.Prepare("PRAGMA integrity_check(1)");
            return check.Step() && check.Text(0) is var said && said != "ok" ? said : null;
        }
        catch (SqliteException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>Puts a file in the place of the database, which is there as it was or as it is to be, whenever the
    /// process is killed: what its log holds is moved into it before. Throws <see cref="IOException"/> where a process
    /// has it open.</summary>
    public static void Replace(string path, string with)
    {
        try
        {
            if (File.Exists(path)) SqliteDatabase.Open(path).Dispose();
        }
        catch (SqliteException)
        {
            // Too damaged to be opened: it is what is replaced.
        }
        using var alone = FileLock.Take(path);
        foreach (var beside in (string[])[$"{path}-wal", $"{path}-shm"]) File.Delete(beside);
        File.Move(with, path, overwrite: true);
    }
}
