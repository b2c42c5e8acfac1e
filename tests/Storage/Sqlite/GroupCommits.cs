using Automation.Sqlite;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>One writer for everybody: what shares a commit, and what does not.</summary>
public sealed class GroupCommits : IDisposable
{
    private readonly TemporaryDatabase file = new();

    public GroupCommits() => file.Database.Write(db => db.Execute("CREATE TABLE seen(name TEXT PRIMARY KEY)")).Wait();

    public void Dispose() => file.Dispose();

    private static void Insert(SqliteConnection db, string name) =>
        db.Prepare("INSERT INTO seen VALUES(?1)").Bind(1, name).Run();

    private string[] Names() => file.Database.Read(db =>
    {
        using var select = db.Prepare("SELECT name FROM seen ORDER BY name");
        var names = new List<string>();
        while (select.Step()) names.Add(select.Text(0));
        return names.ToArray();
    });

    /// <summary>Keeps the writer busy until disposed, so that all that is written meanwhile becomes one
    /// group.</summary>
    private sealed class Busy : IDisposable
    {
        private readonly ManualResetEventSlim go = new();
        private readonly Task held;

        public Busy(SqliteDatabase database)
        {
            using var started = new ManualResetEventSlim();
            held = Task.Run(() => database.Write(_ =>
            {
                started.Set();
                go.Wait();
            }));
            started.Wait();
        }

        public void Dispose()
        {
            go.Set();
            held.Wait();
            go.Dispose();
        }
    }

    [Fact]
    public async Task Whoever_throws_is_undone_alone_and_told_why()
    {
        var busy = new Busy(file.Database);
        var writes = Enumerable.Range(0, 30).Select(i => file.Database.Write(db =>
        {
            Insert(db, $"{i:00}");
            if (i % 3 == 1) throw new InvalidOperationException($"no {i}");
        })).ToArray();
        busy.Dispose();
        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 3 != 1) await writes[i];
            else
                Assert.Equal($"no {i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i])).Message);
        }
        Assert.Equal(Enumerable.Range(0, 30).Where(i => i % 3 != 1).Select(i => $"{i:00}"), Names());
    }

    [Fact]
    public async Task A_broken_rule_of_the_database_is_told_to_its_writer_only()
    {
        var busy = new Busy(file.Database);
        var first = file.Database.Write(db => Insert(db, "a"));
        var again = file.Database.Write(db => Insert(db, "a"));
        var other = file.Database.Write(db => Insert(db, "b"));
        busy.Dispose();
        await first;
        await other;
        Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => again)).Code & 0xff);
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public async Task A_group_whose_transaction_is_lost_fails_as_a_whole_and_the_next_one_goes_on()
    {
        var lost = new Busy(file.Database);
        var innocent = file.Database.Write(db => Insert(db, "b"));
        var rollback = file.Database.Write(db => db.Execute("ROLLBACK"));
        lost.Dispose();
        await Assert.ThrowsAsync<SqliteException>(() => innocent);
        await Assert.ThrowsAsync<SqliteException>(() => rollback);
        await file.Database.Write(db => Insert(db, "c"));
        Assert.Equal(["c"], Names());
    }

    [Fact]
    public async Task Who_comes_alone_writes_on_his_own_thread_and_who_comes_meanwhile_does_not_wait_for_ever()
    {
        await file.Database.Write(db => Insert(db, "first"));
        Assert.True(SpinWait.SpinUntil(() => Own() == Environment.CurrentManagedThreadId, TimeSpan.FromSeconds(10)));

        var busy = new Busy(file.Database);
        var meanwhile = Enumerable.Range(0, 5).Select(i => file.Database.Write(db =>
        {
            Insert(db, $"{i}");
            return Environment.CurrentManagedThreadId;
        })).ToArray();
        Assert.DoesNotContain(meanwhile, task => task.IsCompleted);
        busy.Dispose();
        var writers = await Task.WhenAll(meanwhile).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Single(writers.Distinct());
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, writers);

        int Own() => file.Database.Write(_ => Environment.CurrentManagedThreadId).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task After_a_silence_what_has_no_hurry_waits_for_nobody()
    {
        await file.Database.Write(db => Insert(db, "first"));
        Assert.True(SpinWait.SpinUntil(WroteItself, TimeSpan.FromSeconds(10)));

        bool WroteItself()
        {
            for (var n = 0; n < 10; n++) file.Database.Write(_ => { }).GetAwaiter().GetResult();
            Thread.Sleep(20);
            var unhurried = file.Database.WriteUnhurried(_ => Environment.CurrentManagedThreadId);
            return unhurried.GetAwaiter().GetResult() == Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public async Task What_has_no_hurry_goes_with_the_next_group_or_after_a_moment_alone_and_before_the_end()
    {
        var alone = file.Database.WriteUnhurried(db => Insert(db, "alone"));
        await alone.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["alone"], Names());

        for (var n = 0; n < 50; n++)
        {
            var (early, other) = ($"{n:00} early", $"{n:00} other");
            var unhurried = file.Database.WriteUnhurried(db => Insert(db, early));
            await file.Database.Write(db => Insert(db, other));
            Assert.Contains(early, Names());
            await unhurried.WaitAsync(TimeSpan.FromSeconds(10));
        }

        var broken = file.Database.WriteUnhurried(_ => throw new InvalidOperationException());
        await file.Database.Write(db => Insert(db, "beside it"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Contains("beside it", Names());

        var last = file.Database.WriteUnhurried(db => Insert(db, "last"));
        file.Database.Dispose();
        await last.WaitAsync(TimeSpan.FromSeconds(10));
        file.Reopen();
        Assert.Contains("last", Names());
        Assert.Equal(103, Names().Length);
    }

    [Fact]
    public async Task Many_who_come_one_by_one_and_together_are_all_written_once()
    {
        var written = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 300; i++)
            {
                var name = $"{writer}/{i}";
                try
                {
                    await file.Database.Write(db =>
                    {
                        Insert(db, name);
                        if (i % 7 == 3) throw new InvalidOperationException();
                    }).WaitAsync(TimeSpan.FromSeconds(30));
                    Interlocked.Increment(ref written);
                }
                catch (InvalidOperationException) when (i % 7 == 3) { }
                if (random.Next(3) == 0) await Task.Delay(random.Next(2));
            }
        })));
        Assert.Equal(written, Names().Length);
        Assert.Equal(6 * 300 - 6 * 43, written);
    }

    [Fact]
    public async Task What_is_acknowledged_is_seen_by_readers_at_once_and_what_is_not_is_not()
    {
        for (var i = 0; i < 50; i++)
        {
            await file.Database.Write(db => Insert(db, $"{i:00}"));
            Assert.Equal(i + 1, Names().Length);
        }
    }

    [Fact]
    public async Task A_reader_that_throws_does_not_hold_on_to_an_old_state()
    {
        await file.Database.Write(db => Insert(db, "a"));
        Assert.Throws<InvalidOperationException>(() => file.Database.Read<int>(db =>
        {
            db.Prepare("SELECT name FROM seen").Step();
            throw new InvalidOperationException();
        }));
        await file.Database.Write(db => Insert(db, "b"));
        Assert.Equal(["a", "b"], Names());
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_the_rest()
    {
        for (var round = 0; round < 10; round++)
        {
            var accepted = new List<Task>();
            var writing = Task.Run(() =>
            {
                for (var i = 0; ; i++)
                {
                    var name = $"{round}/{i}";
                    try { accepted.Add(file.Database.Write(db => Insert(db, name))); }
                    catch (ObjectDisposedException) { return; }
                }
            });
            SpinWait.SpinUntil(() => accepted.Count > 20 * round);
            file.Database.Dispose();
            await writing.WaitAsync(TimeSpan.FromSeconds(10));
            await Task.WhenAll(accepted).WaitAsync(TimeSpan.FromSeconds(10));
            file.Reopen();
            Assert.Equal(accepted.Count, Names().Count(name => name.StartsWith($"{round}/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_second_opener_is_turned_away_until_the_first_closes()
    {
        var refused = Assert.Throws<IOException>(() => SqliteDatabase.Open(file.File));
        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        file.Reopen();
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_held()
    {
        var path = file.File + ".txt";
        File.WriteAllText(path, new string('x', 8192));
        Assert.Throws<SqliteException>(() => SqliteDatabase.Open(path));
        File.Delete(path);
        SqliteDatabase.Open(path).Dispose();
    }

    [Fact]
    public async Task The_log_does_not_grow_for_ever()
    {
        using var database = SqliteDatabase.Open(
            file.File + ".small", new SqliteOptions { LogPages = 500, Durable = false });
        await database.Write(db => db.Execute("CREATE TABLE bodies(id INTEGER PRIMARY KEY, body BLOB)"));
        for (var round = 0; round < 50; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => database.Write(
                db => db.Prepare("INSERT INTO bodies(body) VALUES(?1)").Bind(1, new byte[3000]).Run())));
        }
        Assert.InRange(new FileInfo(file.File + ".small-wal").Length, 1, 40 << 20);   // 80 MB were written
    }
}
