using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Hosting;

public sealed class TickerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly Tables tables;
    private readonly HandTime time = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly List<DateTimeOffset> runs = [];

    public TickerTests()
    {
        database = SqliteDatabase.Open(folder.File("test.db"), new SqliteOptions { Durable = false });
        tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
    }

    private async Task<Task> Start(string schedule)
    {
        await tables.Create();
        var jumps = new ClockJumps(tables, time, NullLogger<ClockJumps>.Instance);
        TimerFunction run = _ => { runs.Add(time.GetUtcNow()); return Task.CompletedTask; };
        return new Ticker(
            new("NewsletterTick", Schedule.Parse(schedule), run), folder.Path, time, null, jumps,
            NullLogger.Instance).Run(stopping.Token);
    }

    /// <summary>Step by step, so that whoever wakes has set the next timer before time goes on.</summary>
    private async Task Pass(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(10))
        {
            while (time.Waiting == 0) await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(10));
        }
        while (time.Waiting == 0) await Task.Yield();
    }

    private async Task End(Task ticker)
    {
        await stopping.CancelAsync();
        await ticker;
    }

    [Fact]
    public async Task A_timer_that_ran_while_the_clock_was_ahead_does_not_wait_for_that_date_and_it_is_said()
    {
        File.WriteAllText(folder.File("NewsletterTick"), "2027-06-01T00:00:00.0000000+00:00");
        var ticker = await Start("0 * * * * *");
        await Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(3, runs.Count);
        var said = await tables.Attention
            .Query(new TableQuery { PartitionKey = ClockJumps.Partition })
            .ToListAsync();
        Assert.Contains(
            "timer NewsletterTick was remembered at 2027-06-01 00:00 UTC",
            Assert.Single(said).GetString("Reason"),
            StringComparison.Ordinal);
        await End(ticker);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_while_the_program_runs_holds_no_timer_up()
    {
        var ticker = await Start("0 20 * * * *");
        await Pass(TimeSpan.FromMinutes(30));
        time.Jump(TimeSpan.FromDays(180));
        await Pass(TimeSpan.FromMinutes(60));
        Assert.Equal(3, runs.Count);   // at once for what was missed, and at its time
        time.Jump(TimeSpan.FromDays(-180));
        await Pass(TimeSpan.FromMinutes(60));
        Assert.Equal(4, runs.Count);
        await End(ticker);
    }

    [Fact]
    public async Task A_clock_put_right_by_a_few_seconds_makes_no_timer_run_twice_and_is_not_worth_a_word()
    {
        var ticker = await Start("0 0 * * * *");
        await Pass(TimeSpan.FromMinutes(60));
        time.Jump(TimeSpan.FromSeconds(-20));
        await Pass(TimeSpan.FromMinutes(2));
        Assert.Single(runs);
        Assert.Empty(await tables.Attention.Query(new TableQuery()).ToListAsync());
        await End(ticker);
    }

    public void Dispose()
    {
        stopping.Dispose();
        database.Dispose();
        folder.Dispose();
    }
}
