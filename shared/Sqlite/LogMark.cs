using System.Buffers.Binary;
using System.Globalization;

namespace Automation.Sqlite;

/// <summary>Whether a file is whole without its log, said in the file's own header: it is not as long as its user
/// version is one more than its schema version. The log carries the opposite, so that whoever moves all of it into the
/// file, SQLite's own tool included, makes the file whole; a backup made by SQLite has a schema version of its own and
/// is whole from the start.</summary>
internal static class LogMark
{
    private const int HeaderLength = 100, SchemaVersionAt = 40, UserVersionAt = 60;

    /// <summary>Throws <see cref="IOException"/> where the file's log is missing, or the log's file.</summary>
    public static void Check(string path)
    {
        var log = new FileInfo($"{path}-wal");
        if (!File.Exists(path))
        {
            if (log is { Exists: true, Length: > 0 })
                throw new IOException(
                    $"{path} is missing while its log {log.FullName} is there. Put the file back beside it, or move "
                    + $"the log away to begin anew.");
            return;
        }
        if (!log.Exists && IsTorn(path))
            throw new IOException(
                $"{path} was copied or kept without its log: {path}-wal is missing, and with it what was written last. "
                    + $"Put the log back beside it, or restore a backup. To go on without what is lost, create an "
                    + $"empty file {path}-wal and start again.");
    }

    /// <summary>Inside a transaction: from now on the log is needed.</summary>
    public static void Tear(SqliteConnection connection)
    {
        long version;
        using (var schema = connection.Prepare("PRAGMA schema_version")) version = schema.Step() ? schema.Int64(0) : 0;
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version + 1}"));
    }

    /// <summary>Inside a transaction: with everything up to here the file is whole.</summary>
    public static void Mend(SqliteConnection connection) => connection.Execute("PRAGMA user_version=0");

    /// <summary>Does the log say so, too? Where a transaction came to nothing after its mark, or somebody goes on
    /// without what is lost.</summary>
    public static bool IsTorn(SqliteConnection connection)
    {
        using var mark = connection.Prepare("PRAGMA user_version");
        return mark.Step() && mark.Int64(0) != 0;
    }

    private static bool IsTorn(string path)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || !header.StartsWith("SQLite format 3\0"u8))
            return false;
        return BinaryPrimitives.ReadInt32BigEndian(header[UserVersionAt..]) == BinaryPrimitives.ReadInt32BigEndian(
            header[SchemaVersionAt..]) + 1;
    }
}
