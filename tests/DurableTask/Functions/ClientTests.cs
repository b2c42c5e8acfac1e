using Microsoft.DurableTask.Converters;
using DurableTask.Core.Exceptions;
using System.Net;
using Automation.DurableTask.Functions;
using Automation.DurableTask.Tests.Embedded;

namespace Automation.DurableTask.Tests.Functions;

/// <summary>The HTTP client against the management API, which steers a real hub.</summary>
public class ClientTests
{
    private const string Address = "http://localhost:7071", Key = "k+/=y";

    private static readonly DurableTaskRegistry registry = new DurableTaskRegistry()
        .AddOrchestratorFunc<string, string>("Echo", (context, input) => Task.FromResult(input))
        .AddOrchestratorFunc<string, string>("Break", Task<string> (TaskOrchestrationContext _, string _) => throw new InvalidOperationException("it: broke"))
        .AddOrchestratorFunc<string, string>("Listen", async (context, input) =>
        {
            context.SetCustomStatus(new { stage = "listening" });
            return input + await context.WaitForExternalEvent<string>("Go");
        });

    private static FunctionsDurableTaskClient Connect(HubInFolder hub, bool old = false, bool learn = true)
    {
        var client = new FunctionsDurableTaskClient(new HttpClient(new ManagementApi(hub.Client, Key) { Old = old }), JsonDataConverter.Default, TimeProvider.System);
        if (learn) client.Learn(ManagementApi.Binding(Address, Uri.EscapeDataString(Key)));
        return client;
    }

    [Fact]
    public async Task An_instance_is_started_listens_and_answers()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub);
        Assert.Equal("b|森 1", await client.ScheduleNewOrchestrationInstanceAsync("Listen", "a", new StartOrchestrationOptions("b|森 1")));
        var now = await client.WaitForInstanceStartAsync("b|森 1", true);
        Assert.Equal(("Listen", OrchestrationRuntimeStatus.Running, "\"a\"", """{"stage":"listening"}"""), (now.Name, now.RuntimeStatus, now.SerializedInput, now.SerializedCustomStatus));
        await client.RaiseEventAsync("b|森 1", "Go", "!");
        await hub.Settle();
        var done = await client.WaitForInstanceCompletionAsync("b|森 1", true);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "a!", HubInFolder.Monday), (done.RuntimeStatus, done.ReadOutputAs<string>(), done.CreatedAt));
        Assert.Null((await client.GetInstanceAsync("b|森 1"))!.SerializedOutput);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Starting_what_is_alive_is_said_so_by_old_and_new_hosts_and_a_finished_id_can_be_used_again(bool old)
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub, old);
        await client.ScheduleNewOrchestrationInstanceAsync("Listen", "a", new StartOrchestrationOptions("one"));
        var live = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => client.ScheduleNewOrchestrationInstanceAsync("Listen", "a", new StartOrchestrationOptions("one")));
        Assert.Contains("'one'", live.Message, StringComparison.Ordinal);
        await client.RaiseEventAsync("one", "Go", "");
        await hub.Settle();
        await client.ScheduleNewOrchestrationInstanceAsync("Echo", "again", new StartOrchestrationOptions("one"));
    }

    [Fact]
    public async Task What_nobody_hears_any_more_is_no_error()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub);
        await client.RaiseEventAsync("nobody", "Go", "");
        Assert.Null(await client.GetInstanceAsync("nobody"));
        await client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions("one"));
        await hub.Settle();
        await client.RaiseEventAsync("one", "Go");
        await client.TerminateInstanceAsync("one");
        await client.SuspendInstanceAsync("one");
        await Assert.ThrowsAsync<ArgumentException>(() => client.WaitForInstanceCompletionAsync("nobody"));
    }

    [Fact]
    public async Task An_instance_is_suspended_resumed_and_terminated_with_a_word()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub);
        await client.ScheduleNewOrchestrationInstanceAsync("Listen", "a", new StartOrchestrationOptions("one"));
        await client.SuspendInstanceAsync("one", "why & how");
        await hub.Settle();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await client.GetInstanceAsync("one"))!.RuntimeStatus);
        await client.ResumeInstanceAsync("one");
        await client.TerminateInstanceAsync("one", "enough");
        await hub.Settle();
        var ended = (await client.GetInstanceAsync("one", true))!;
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task A_failed_instance_says_why()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub);
        await client.ScheduleNewOrchestrationInstanceAsync("Break", "x", new StartOrchestrationOptions("one"));
        await hub.Settle();
        Assert.Equal(new TaskFailureDetails("System.InvalidOperationException", "it: broke", null, null, null), (await client.GetInstanceAsync("one"))!.FailureDetails);
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page_and_purged_unless_they_live()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub);
        for (var n = 0; n < 7; n++) await client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions($"e-{n}"));
        await client.ScheduleNewOrchestrationInstanceAsync("Listen", "x", new StartOrchestrationOptions("l-1"));
        await hub.Settle();
        List<string> found = [];
        await foreach (var instance in client.GetAllInstancesAsync(new(InstanceIdPrefix: "e-", Statuses: [OrchestrationRuntimeStatus.Completed]) { PageSize = 3 })) found.Add(instance.InstanceId);
        Assert.Equal(["e-0", "e-1", "e-2", "e-3", "e-4", "e-5", "e-6"], found);
        Assert.Equal(0, (await client.PurgeInstanceAsync("l-1")).PurgedInstanceCount);
        Assert.Equal(0, (await client.PurgeInstanceAsync("nobody")).PurgedInstanceCount);
        Assert.Equal(1, (await client.PurgeInstanceAsync("e-3")).PurgedInstanceCount);
        Assert.Equal(6, (await client.PurgeAllInstancesAsync(new())).PurgedInstanceCount);
        Assert.Equal(0, (await client.PurgeAllInstancesAsync(new())).PurgedInstanceCount);
        Assert.NotNull(await client.GetInstanceAsync("l-1"));
    }

    [Fact]
    public async Task Before_an_invocation_has_told_the_address_the_client_says_so_and_a_new_address_replaces_the_old()
    {
        using var hub = new HubInFolder(registry);
        var client = Connect(hub, learn: false);
        Assert.False(client.IsKnown);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetInstanceAsync("one"));
        client.Learn(ManagementApi.Binding(Address, "old"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<HttpRequestException>(() => client.GetInstanceAsync("one"))).StatusCode);
        client.Learn(ManagementApi.Binding("http://localhost:7072", Uri.EscapeDataString(Key)));
        Assert.Null(await client.GetInstanceAsync("one"));
        Assert.Throws<InvalidDataException>(() => client.Learn("{}"));
        Assert.True(client.IsKnown);
    }

    [Fact]
    public void The_key_does_not_get_into_a_log() =>
        Assert.DoesNotContain("secret", FunctionsClientBinding.Read(ManagementApi.Binding(Address, "secret")).ToString(), StringComparison.Ordinal);
}
