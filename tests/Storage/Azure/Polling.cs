namespace Automation.Storage.Tests.Azure;

/// <summary>How often an empty queue is looked into.</summary>
public sealed class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ManualTime clock = new();
    private readonly PollingPace pace;

    public Polling() => pace = new PollingPace(clock);

    /// <summary>How long a wait takes by the clock.</summary>
    private async Task<TimeSpan> Waited(TimeSpan atMost)
    {
        var start = clock.GetUtcNow();
        var waiting = pace.Wait(atMost, default);
        while (clock.Pending > 0) clock.Advance(TimeSpan.FromMilliseconds(50));
        await waiting.WaitAsync(Patience);
        return clock.GetUtcNow() - start;
    }

    [Fact]
    public async Task An_empty_queue_is_looked_into_less_and_less_and_a_message_brings_the_pace_back()
    {
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            waits.Add((await Waited(TimeSpan.FromHours(1))).TotalSeconds);
            pace.Looked(found: false);
        }
        Assert.Equal([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30], waits);
        pace.Looked(found: true);
        Assert.Equal(0.05, (await Waited(TimeSpan.FromHours(1))).TotalSeconds);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_asked()
    {
        for (var i = 0; i < 12; i++) pace.Looked(found: false);
        Assert.Equal(TimeSpan.FromSeconds(2), await Waited(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.Zero, await Waited(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_message_sent_from_here_wakes_all_who_wait_and_leaves_no_timer()
    {
        for (var i = 0; i < 12; i++) pace.Looked(found: false);
        var waiting = Task.WhenAll(
            pace.Wait(TimeSpan.FromHours(1), default), pace.Wait(TimeSpan.FromHours(1), default));
        Assert.False(waiting.IsCompleted);
        pace.Sent();
        await waiting.WaitAsync(Patience);
        Assert.Equal(0, clock.Pending);
    }

    [Fact]
    public async Task Waiting_ends_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = pace.Wait(TimeSpan.FromHours(1), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        Assert.Equal(0, clock.Pending);
    }
}
