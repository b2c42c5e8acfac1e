using Automation.Sqlite;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>A database file of its own that can be closed and opened again; deleted at the end.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("storage-").FullName;

    public TemporaryDatabase() => Database = SqliteDatabase.Open(File);

    public string File => Path.Combine(folder, "test.db");
    public SqliteDatabase Database { get; private set; }

    public SqliteDatabase Reopen()
    {
        Database.Dispose();
        return Database = SqliteDatabase.Open(File);
    }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
