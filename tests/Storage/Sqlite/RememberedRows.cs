using System.Globalization;
using Automation.Sqlite;
using Automation.Storage.Sqlite;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>What a table answers from memory, rows written a moment ago and keys that nobody has, is what the file
/// would answer.</summary>
public sealed class RememberedRows : IDisposable
{
    private readonly TemporaryDatabase file = new();
    private readonly Table table;

    public RememberedRows()
    {
        table = new SqliteTableService(file.Database).GetTable("Things");
        table.CreateIfMissing().Wait();
    }

    public void Dispose() => file.Dispose();

    private static Row Row(string key, int value) => new("shop", key) { { "Value", value } };

    private async Task<string?> InFile(string key)
    {
        var page = await table.QueryPage(new() { PartitionKey = "shop", RowKeyFrom = key, RowKeyBelow = $"{key}!" });
        return page.Values is [var row] ? Text(row) : null;
    }

    private static string Text(Row row) =>
        $"{row.ETag} {row.Timestamp:O} {string.Join(' ', row.Select(one => $"{one.Key}={one.Value}"))}";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_any_write_done_or_refused_a_row_is_found_as_it_is_in_the_file(int seed)
    {
        var random = new Random(seed);
        var known = new Dictionary<string, ETag>();
        var looks = 0;
        for (var i = 0; i < 1500; i++)
        {
            var (key, other) = ($"k{random.Next(5)}", $"k{5 + random.Next(3)}");
            var version = random.Next(3) == 0 ? ETag.All : known.GetValueOrDefault(key, ETag.All);
            switch (random.Next(8))
            {
                case 0: await table.Add(Row(key, i)); break;
                case 1: await table.Upsert(Row(key, i), UpdateMode.Replace); break;
                case 2: await table.Upsert(new Row("shop", key) { { $"P{random.Next(3)}", i } }); break;
                case 3: await table.Update(Row(key, i), version, UpdateMode.Replace); break;
                case 4: await table.Update(new Row("shop", key) { { "Merged", i } }, version); break;
                case 5: await table.Delete("shop", key, version); break;
                default:
                    await table.Submit([
                        new(RowActionKind.Add, Row(other, i)), new(RowActionKind.UpdateReplace, Row(key, i), version)]);
                    break;
            }
            foreach (var one in (string[])[key, other])
            {
                var found = await table.Find("shop", one);
                Assert.Equal(await InFile(one), found is null ? null : Text(found));
                if (found is null) continue;
                looks++;
                if (random.Next(2) == 0) known[one] = found.ETag;
                found["Value"] = -1;   // whoever was given it may change it
            }
        }
        Assert.InRange(looks, 500, 3000);
    }

    [Fact]
    public async Task Whoever_wrote_never_finds_an_older_row()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 400; i++)
            {
                var key = $"k{(writer + i) % 3}";
                var written = (await table.Upsert(Row(key, i), UpdateMode.Replace)).ETag;
                Assert.True(Version((await table.Find("shop", key))!.ETag) >= Version(written));
            }
        })));
    }

    private static long Version(ETag etag) => long.Parse(etag.Value[3..^1], CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_write_whose_commit_is_lost_is_not_found()
    {
        await table.Upsert(Row("a", 1), UpdateMode.Replace);
        var busy = new Held(file.Database);
        var write = table.Upsert(Row("a", 2), UpdateMode.Replace);
        var together = table.Submit([new(RowActionKind.Add, Row("b", 2))]);
        var lost = file.Database.Write(db => db.Execute("ROLLBACK"));
        await busy.LetGo();
        foreach (var task in (Task[])[write, together, lost])
            await Assert.ThrowsAsync<SqliteException>(() => task);
        Assert.Equal(1, (await table.Find("shop", "a"))!.GetInt32("Value"));
        Assert.Null(await table.Find("shop", "b"));
    }

    [Fact]
    public async Task A_row_that_waits_for_its_commit_is_not_found_yet()
    {
        await table.Upsert(Row("a", 1), UpdateMode.Replace);
        var busy = new Held(file.Database);
        var write = table.Upsert(Row("a", 2), UpdateMode.Replace);
        var commit = new Held(file.Database, busy);
        Assert.Equal(1, (await table.Find("shop", "a"))!.GetInt32("Value"));
        await commit.LetGo();
        await write;
        Assert.Equal(2, (await table.Find("shop", "a"))!.GetInt32("Value"));
    }

    /// <summary>Holds the writer, in the middle of a group, until it is let go.</summary>
    private sealed class Held
    {
        private readonly TaskCompletionSource go = new();
        private readonly Task held;

        /// <param name="before">Let go once this one is behind it in the same group as what was written since.</param>
        public Held(SqliteDatabase database, Held? before = null)
        {
            using var began = new ManualResetEventSlim();
            held = before is null ? Task.Run(Hold) : Hold();   // where nobody writes it is done on the caller's thread
            before?.go.SetResult();
            began.Wait();

            Task Hold() => database.Write(_ =>
            {
                began.Set();
                go.Task.Wait();
            });
        }

        public Task LetGo()
        {
            go.SetResult();
            return held;
        }
    }

    [Fact]
    public async Task What_is_written_while_keys_are_gathered_is_found()
    {
        for (var i = 0; i < 60; i++)
            await table.Submit([.. Enumerable.Range(100 * i, 100).Select(n => new RowAction(
                RowActionKind.Add, Row($"old{n}", n)))]);
        var pages = new TablePages("Things");
        var known = new KnownKeys(pages, file.Database);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    var key = $"{round}-{writer}-{i}";
                    for (var look = 0; look < 10; look++) known.LookedUpInVain();
                    await file.Database.Write(db =>
                    {
                        known.Add("shop", key);
                        db.Prepare("INSERT INTO t_Things VALUES('shop', ?1, 0, 0, x'')").Bind(1, key).Run();
                    });
                    Assert.False(known.Lack("shop", key));
                    Assert.NotNull(file.Database.Read(db => pages.Find(db, "shop", key)));
                }
            })));
        }
        Assert.True(SpinWait.SpinUntil(() => known.Lack("shop", "nobody's"), TimeSpan.FromSeconds(10)));
        for (var n = 0; n < 6000; n++) Assert.False(known.Lack("shop", $"old{n}"));
    }

    [Fact]
    public async Task Keys_that_outgrow_their_room_are_gathered_anew()
    {
        var known = new KnownKeys(new("Things"), file.Database);
        Look();
        for (var n = 0; n < 70_000; n++) known.Add("shop", $"new{n}");
        Assert.False(known.Lack("shop", "nobody's"));
        await table.Add(Row("there", 1));
        Look();
        Assert.False(known.Lack("shop", "there"));

        void Look()
        {
            for (var n = 0; n < 1000; n++) known.LookedUpInVain();
            Assert.True(SpinWait.SpinUntil(() => known.Lack("shop", "nobody's"), TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public void A_filter_knows_every_key_it_was_given_and_few_others()
    {
        var filter = new KeyFilter(10_000);
        for (var n = 0; n < 10_000; n++) filter.Add($"p{n % 7}", $"{n}");
        Assert.True(filter.IsFull);
        for (var n = 0; n < 10_000; n++) Assert.True(filter.MayHave($"p{n % 7}", $"{n}"));
        Assert.InRange(Enumerable.Range(10_000, 10_000).Count(n => filter.MayHave($"p{n % 7}", $"{n}")), 0, 400);
    }

    [Fact]
    public void Keys_that_are_one_in_the_file_are_one_in_the_filter()
    {
        Assert.Equal(KeyFilter.Hash("a", "\ufffd"), KeyFilter.Hash("a", "\ud800"));
        Assert.NotEqual(KeyFilter.Hash("ab", "c"), KeyFilter.Hash("a", "bc"));
    }
}
