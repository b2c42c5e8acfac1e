using System.Diagnostics;
using Automation.Sqlite;
using SQLitePCL;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>What lies on disk: the file, its log, and what of them makes a copy.</summary>
public sealed class LogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("log-").FullName;
    private int copies;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_copy_without_its_log_is_refused_every_time_until_somebody_says_that_the_rest_is_lost()
    {
        using var database = await Open(new());
        await Insert(database, 1);
        var copy = Copy(withLog: false);
        for (var n = 0; n < 2; n++)
            Assert.Contains(
                $"{copy}-wal is missing",
                Assert.Throws<IOException>(() => SqliteDatabase.Open(copy)).Message,
                StringComparison.Ordinal);
        await File.WriteAllBytesAsync($"{copy}-wal", []);
        SqliteDatabase.Open(copy).Dispose();
        SqliteDatabase.Open(copy).Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task What_a_kill_leaves_opens_with_everything_whenever_it_came_also_after_a_look_with_another_tool(
        int checkpointEvery)
    {
        using var database =
            await Open(new() { CheckpointEvery = TimeSpan.FromMilliseconds(checkpointEvery), LogPages = 4 });
        for (var n = 1; n <= 12; n++)
        {
            await Insert(database, n);
            if (n % 5 == 0) Assert.True(await database.TruncateLog());
            var (killed, looked) = (Copy(withLog: true), Copy(withLog: true));
            Look(looked);
            Assert.False(File.Exists($"{looked}-wal"));
            foreach (var file in (string[])[killed, looked])
                for (var start = 0; start < 2; start++)
                {
                    using var again = SqliteDatabase.Open(file);
                    Assert.Equal(n, Count(again));
                }
        }
    }

    [Fact]
    public async Task A_backup_made_while_it_runs_opens_and_so_does_the_file_of_one_that_was_stopped()
    {
        var database = await Open(new());
        using (database)
        {
            for (var n = 0; n < 3; n++)
            {
                await Insert(database, n);
                var (online, vacuumed) = (Path.Combine(folder,
                    $"online{n}.db"), Path.Combine(folder, $"vacuumed{n}.db"));
                Backup(Path.Combine(folder, "test.db"), online);
                database.Read(db => { db.Execute($"VACUUM INTO '{vacuumed}'"); return true; });
                foreach (var file in (string[])[online, vacuumed])
                {
                    using var restored = SqliteDatabase.Open(file);
                    Assert.Equal(n + 1, Count(restored));
                }
            }
        }
        Assert.False(File.Exists(Path.Combine(folder, "test.db-wal")));
        using var stopped = SqliteDatabase.Open(Copy(withLog: false));
        Assert.Equal(3, Count(stopped));
    }

    [Fact]
    public async Task A_log_without_its_file_is_not_taken_for_a_new_shop()
    {
        string copy;
        using (var database = await Open(new()))
        {
            await Insert(database, 1);
            copy = Copy(withLog: true);
        }
        File.Delete(copy);
        Assert.Contains(
            "is missing while its log",
            Assert.Throws<IOException>(() => SqliteDatabase.Open(copy)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_stays_short_though_somebody_reads_all_the_time()
    {
        const int pages = 500;
        using var database = await Open(new() { LogPages = pages, Durable = false });
        using var stop = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(
            0, 2).Select(_ => Task.Run(() => { while (!stop.IsCancellationRequested) Count(database); })));
        var longest = 0L;
        for (var round = 0; round < 15; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 400).Select(n => database.Write(db => db.Prepare(
                "INSERT INTO seen VALUES(?1, ?2)").Bind(1, n + 1000 * round).Bind(2, new byte[3000]).Run())));
            longest = Math.Max(longest, Log());
        }
        await stop.CancelAsync();
        await reading;
        // 18 MB of rows, and as much again, were written. Two attempts in a row may meet somebody who holds a page for
        // long: a busy machine's reader.
        Assert.InRange(longest, 1, (4 * pages + 3 * 512) * 4200L);
    }

    [Fact]
    public async Task In_quiet_times_the_log_is_emptied_and_the_file_alone_is_all()
    {
        using var database = await Open(new()
        {
            CheckpointEvery = TimeSpan.FromMilliseconds(1),
            TruncateAfter = TimeSpan.FromMilliseconds(1)
        });
        for (var n = 1; n <= 3; n++)
        {
            await Insert(database, n);
            Assert.True(SpinWait.SpinUntil(() => Log() == 0, TimeSpan.FromSeconds(30)));
            using var copy = SqliteDatabase.Open(Copy(withLog: false));
            Assert.Equal(n, Count(copy));
        }
    }

    [Fact]
    public async Task What_was_deleted_is_nowhere_once_the_log_is_emptied()
    {
        using var database = await Open(new());
        var secret = "hanako@example.jp"u8.ToArray();
        for (var n = 0; n < 400; n++) await database.Write(db => db.Prepare("INSERT INTO seen VALUES(?1, ?2)").Bind(
            1, n).Bind(2, n % 3 == 0 ? secret : new byte[1 + 40 * (n % 200)]).Run());
        await database.Write(db => db.Execute("DELETE FROM seen WHERE id % 3 = 0 OR id % 7 = 0"));
        Assert.True(await database.TruncateLog());
        Assert.Equal(0, Log());
        Assert.Equal(-1, (await File.ReadAllBytesAsync(Copy(withLog: false))).AsSpan().IndexOf(secret));
    }

    [Fact]
    public async Task The_files_are_their_owner_s_alone_also_those_that_were_not()
    {
        if (OperatingSystem.IsWindows()) return;
        await File.WriteAllBytesAsync(Path.Combine(folder, "test.db"), []);
        File.SetUnixFileMode(Path.Combine(folder, "test.db"), (UnixFileMode)0b110_100_100);
        using var database = await Open(new());
        await Insert(database, 1);
        var files = Directory.GetFiles(folder, "test.db*");
        Assert.Equal(
            ["test.db", "test.db-shm", "test.db-wal", "test.db.lock"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Removing_the_lock_file_by_hand_lets_nobody_else_in()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var database = await Open(new());
        File.Delete(Path.Combine(folder, "test.db.lock"));
        Assert.Contains(
            "in use by another process",
            Assert.Throws<IOException>(() => SqliteDatabase.Open(Path.Combine(folder, "test.db"))).Message,
            StringComparison.Ordinal);
        await Insert(database, 1);
    }

    private async Task<SqliteDatabase> Open(SqliteOptions options)
    {
        var database = SqliteDatabase.Open(Path.Combine(folder, "test.db"), options);
        await database.Write(db => db.Execute("CREATE TABLE seen(id INTEGER PRIMARY KEY, body BLOB)"));
        return database;
    }

    private static Task<int> Insert(SqliteDatabase database, int id) =>
        database.Write(db => db.Prepare("INSERT INTO seen VALUES(?1, ?2)").Bind(1, id).Bind(2, new byte[9000]).Run());

    private static int Count(SqliteDatabase database) => database.Read(db =>
    {
        using var count = db.Prepare("SELECT count(*) FROM seen");
        return count.Step() ? count.Int32(0) : -1;
    });

    private long Log() =>
        new FileInfo(Path.Combine(folder, "test.db-wal")) is { Exists: true, Length: var length } ? length : -1;

    /// <summary>The files as they are now, somewhere else; what other processes see of them after a kill.</summary>
    private string Copy(bool withLog)
    {
        var copy = Path.Combine(folder, $"copy{copies++}.db");
        Take(Path.Combine(folder, "test.db"), copy);
        if (withLog) Take(Path.Combine(folder, "test.db-wal"), $"{copy}-wal");
        return copy;
    }

    /// <summary>As an operator copies: .NET itself would ask for a lock first.</summary>
    private static void Take(string file, string copy)
    {
        using var cp = Process.Start("cp", [file, copy]);
        cp.WaitForExit();
        Assert.Equal(0, cp.ExitCode);
    }

    /// <summary>Opens, reads and closes the file, as the command line tool does: the last one to leave moves the log
    /// into the file.</summary>
    private static void Look(string file)
    {
        raw.sqlite3_open(file, out var db);
        raw.sqlite3_exec(db, "SELECT count(*) FROM seen");
        raw.sqlite3_close(db);
    }

    private static void Backup(string from, string to)
    {
        raw.sqlite3_open(from, out var source);
        raw.sqlite3_open(to, out var target);
        using (var backup = raw.sqlite3_backup_init(target, "main", source, "main")) Assert.Equal(
            raw.SQLITE_DONE, raw.sqlite3_backup_step(backup, -1));
        raw.sqlite3_close(target);
        raw.sqlite3_close(source);
    }
}
