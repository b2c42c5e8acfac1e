using System.Collections.Concurrent;
using System.Globalization;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Functions.Newsletters;
using Automation.Functions.Simulation;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Tests.Journeys;

/// <summary>The walks and issues of a data folder of November 2026, as a kill left them: some wait, some are tried
/// again, some have calls in hand and some a word they have not heard. Beside it is how that product went on.</summary>
public sealed class HeldOverFolderTests : IDisposable
{
    private static readonly DateTimeOffset monday = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("held-over-").FullName;
    private readonly ConcurrentBag<string> diary = [];
    private readonly ConcurrentDictionary<string, int> sends = new();
    private readonly SqliteDatabase database;
    private VirtualTime time = new(monday);

    public HeldOverFolderTests() =>
        database = SqliteDatabase.Open(Path.Combine(folder, "automation.db"), new SqliteOptions { Durable = false });

    [Fact]
    public async Task A_held_over_folders_walks_and_issues_end_as_they_would_have()
    {
        var sql = await File.ReadAllTextAsync("fixtures/held-over/folder.sql");
        time = new(DateTimeOffset.Parse(sql.AsSpan(3, 33), CultureInfo.InvariantCulture));
        using (Hub()) { }
        await database.Write(db => db.Execute(sql));
        using var hub = Hub();
        hub.Start();
        await hub.WaitForIdleAsync();
        while (hub.NextTimerDue is { } due)
        {
            time.JumpTo(due);
            await hub.WaitForIdleAsync();
        }

        var counted = sends.Select(send => $"{send.Key} {send.Value} times");
        List<string> lines = [.. diary.Concat(counted).Order(StringComparer.Ordinal)];
        await foreach (var one in hub.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            lines.Add($"{one.InstanceId} {one.RuntimeStatus} {one.SerializedOutput}");
        Assert.Equal(await File.ReadAllLinesAsync("fixtures/held-over/folder.txt"), lines);
    }

    [Fact]
    public async Task What_is_said_while_an_issue_is_being_closed_is_heard()
    {
        var closing = new TaskCompletionSource();
        using var hub = Hub(closing);
        hub.Start();
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(RunIssue), new IssueRun("weekly/slow"), new StartOrchestrationOptions("weekly/slow"));
        while (!diary.Any(line => line.Contains("close", StringComparison.Ordinal))) await Task.Yield();
        await hub.Client.RaiseEventAsync("weekly/slow", RunIssue.Heard);
        while (Unheard() > 0) await Task.Yield();
        closing.SetResult();
        await hub.WaitForIdleAsync();
        Assert.Equal(2, diary.Count(line => line.Contains("open weekly/slow", StringComparison.Ordinal)));
    }

    private int Unheard() => database.Read(db =>
    {
        using var rows = db.Prepare("SELECT count(*) FROM DurableMessages");
        return rows.Step() ? rows.Int32(0) : 0;
    });

    private EmbeddedTaskHub Hub(TaskCompletionSource? closing = null) => new(
        database,
        Registry(closing),
        new() { LongestSleep = TimeSpan.FromDays(40), Retention = TimeSpan.FromDays(1_000) },
        new() { Clock = time, Converter = Orchestrations.Converter });

    private T Note<T>(string line, T answer)
    {
        diary.Add($"{time.GetUtcNow():MM-dd HH:mm:ss} {line}".TrimEnd());
        return answer;
    }

    private DurableTaskRegistry Registry(TaskCompletionSource? closing) => new DurableTaskRegistry()
        .AddOrchestrator<RunJourney>()
        .AddOrchestrator<RunIssue>()
        .AddActivityFunc<JourneyRun, Pause>(nameof(AdvanceJourney), (_, leg) => Task.FromResult(Advance(leg)))
        .AddActivityFunc<string, IssueStep>(
            nameof(OpenIssue), (_, issue) => Note($"open {issue}", Task.FromResult(new IssueStep(true))))
        .AddActivityFunc<ShardRun, ShardOutcome>(nameof(SendShard), (_, leg) => Task.FromResult(Send(leg)))
        .AddActivityFunc<IssueClosing, IssueStep>(nameof(CloseIssue), async (_, issue) =>
        {
            Note($"close {issue.Issue} {issue.Until:O}", true);
            if (closing is null) return new IssueStep(false, Ended: "sent");
            await closing.Task;
            return new IssueStep(false, Until: monday.AddDays(100));
        });

    private Pause Advance(JourneyRun leg)
    {
        Note($"advance {leg.Enrollment} {leg.Turn}", true);
        var fails = leg.Enrollment.Contains("fails-twice", StringComparison.Ordinal);
        if (fails && time.GetUtcNow() < monday.AddDays(4).AddSeconds(12))
            throw new InvalidOperationException("not yet");
        return leg.Turn == 3 ? new Pause(null, "completed") : new Pause(time.GetUtcNow().AddDays(10));
    }

    private ShardOutcome Send(ShardRun leg)
    {
        sends.AddOrUpdate($"{time.GetUtcNow():MM-dd HH:mm:ss} send {leg.Issue}", 1, (_, times) => times + 1);
        return new(ShardEnd.Done, 7);
    }

    public void Dispose()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
