using System.Diagnostics;
using Automation.DurableTask.Embedded;
using Automation.Sqlite;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>A hub on a file in a temporary folder, on virtual time.</summary>
internal sealed class HubInFolder : IDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly DurableTaskRegistry registry;
    private readonly EmbeddedTaskHubOptions options;
    private readonly ILogger? log;

    public HubInFolder(DurableTaskRegistry registry, EmbeddedTaskHubOptions? options = null, string? folder = null,
        VirtualTime? time = null,
        bool start = true, ILogger? log = null)
    {
        (this.registry, this.log) = (registry, log);
        this.options = options ?? new() { FirstRetryAfter = TimeSpan.FromMilliseconds(1) };
        Folder = folder ?? Directory.CreateTempSubdirectory("hub").FullName;
        Time = time ?? new(Monday);
        (Database, Hub) = Open(start);
    }

    public string Folder { get; }
    public VirtualTime Time { get; }
    public SqliteDatabase Database { get; private set; }
    public EmbeddedTaskHub Hub { get; private set; }
    public DurableTaskClient Client => Hub.Client;

    private (SqliteDatabase, EmbeddedTaskHub) Open(bool start)
    {
        var database = SqliteDatabase.Open(
            Path.Combine(Folder, "hub.db"), new() { Durable = false, CheckpointEvery = TimeSpan.FromHours(1) });
        var hub = new EmbeddedTaskHub(
            database, registry, options, log is null ? new() { Clock = Time } : new() { Clock = Time, Log = log });
        if (start) hub.Start();
        return (database, hub);
    }

    /// <summary>Lets everything happen that can happen without time passing.</summary>
    public Task Settle() => Hub.WaitForIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task Pass(TimeSpan time)
    {
        await Settle();
        Time.Advance(time);
        await Settle();
    }

    /// <summary>Jumps from timer to timer until nobody waits for time any more.</summary>
    public async Task PassAll()
    {
        await Settle();
        while (Hub.NextTimerDue is { } due)
        {
            Time.AdvanceTo(due);
            await Settle();
        }
    }

    public async Task<string> Begin(string orchestrator, object? input = null, string? id = null) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id));

    public async Task<OrchestrationMetadata> See(string id) =>
        (await Client.GetInstanceAsync(id, getInputsAndOutputs: true))!;

    public long Bytes()
    {
        Database.Write(db => db.Execute("SELECT 1")).Wait();
        return Database.Read(db =>
        {
            using var size = db.Prepare(
                "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), "
                + "pragma_page_size()");
            return size.Step() ? size.Int64(0) : 0;
        });
    }

    /// <summary>The files as a kill at some moment of the writing would leave them, in a new folder.</summary>
    public Task<string> FilesAfterAKill() => Database.Write(_ =>
    {
        var copy = Directory.CreateTempSubdirectory("killed").FullName;
        // Not File.Copy: it would ask for a lock on the file that the database holds.
        using var cp = Process.Start("cp", [Path.Combine(Folder, "hub.db"), Path.Combine(Folder, "hub.db-wal"), copy]);
        cp.WaitForExit();
        if (cp.ExitCode != 0) throw new IOException($"cp ended with {cp.ExitCode}.");
        return copy;
    });

    public async Task Restart()
    {
        await Hub.StopAsync();
        Hub.Dispose();
        Database.Dispose();
        (Database, Hub) = Open(start: true);
    }

    public void Dispose()
    {
        Hub.Dispose();
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
