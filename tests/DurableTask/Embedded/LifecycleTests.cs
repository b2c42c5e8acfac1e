using DurableTask.Core.Exceptions;
using static Automation.DurableTask.Tests.Embedded.Stories;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>Beginning, holding, ending, and whom it concerns.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task Who_is_suspended_rests_until_resumed()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Listen");
        await hub.Client.SuspendInstanceAsync(id, "holiday");
        await hub.Settle();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.See(id)).RuntimeStatus);
        await hub.Client.RaiseEventAsync(id, "word", "a");
        await hub.Client.RaiseEventAsync(id, "word", "b");
        await hub.Settle();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.See(id)).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);
        await hub.Settle();
        Assert.Equal("ab", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminating_ends_a_sleeper_at_once()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Sleep", 90);
        await hub.Client.TerminateInstanceAsync(id, "enough");
        await hub.Settle();
        var seen = await hub.See(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, seen.RuntimeStatus);
        Assert.Equal("enough", seen.ReadOutputAs<string>());
        Assert.Null(hub.Hub.NextTimerDue);
    }

    [Fact]
    public async Task A_parent_hears_how_its_child_ended()
    {
        using var hub = new HubInFolder(Registry());
        var good = await hub.Begin("Parent", "Says");
        await hub.Settle();
        Assert.Equal("child!", (await hub.See(good)).ReadOutputAs<string>());
        var bad = await hub.Begin("Parent", "Breaks");
        await hub.Settle();
        var failed = await hub.See(bad);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Contains("Refuse", failed.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_whose_name_is_taken_fails_for_its_parent()
    {
        using var hub = new HubInFolder(Registry());
        await hub.Begin("Listen", id: "the-child");
        var id = await hub.Begin("Parent", "Says");
        await hub.Settle();
        Assert.Contains("already running", (await hub.See(id)).FailureDetails!.InnerFailure!.ErrorMessage,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_while_alive_and_free_afterwards()
    {
        using var hub = new HubInFolder(Registry());
        await hub.Begin("Listen", id: "one");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.Begin("Listen", id: "one"));
        await hub.Client.TerminateInstanceAsync("one");
        await hub.Settle();
        await hub.Begin("Says", "again", "one");
        await hub.Settle();
        Assert.Equal("again!", (await hub.See("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_many_who_start_the_same_at_once_one_does()
    {
        using var hub = new HubInFolder(Registry());
        var starts = Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try { await hub.Begin("Listen", id: "same"); return 1; }
            catch (OrchestrationAlreadyExistsException) { return 0; }
        }));
        Assert.Equal(1, (await Task.WhenAll(starts)).Sum());
    }

    [Fact]
    public async Task Waiting_for_the_end_answers_with_the_end()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Listen");
        var end = hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        await hub.Client.RaiseEventAsync(id, "word", "x");
        await hub.Client.RaiseEventAsync(id, "word", "y");
        Assert.Equal("xy", (await end.WaitAsync(TimeSpan.FromSeconds(30))).ReadOutputAs<string>());
        Assert.True((await hub.Client.WaitForInstanceStartAsync(id)).IsCompleted);
    }
}
