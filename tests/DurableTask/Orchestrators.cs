namespace Automation.DurableTask.Tests;

/// <summary>The orchestrators the recorded vectors were made with (reference sheet, section F), and a few
/// more.</summary>
static class Orchestrators
{
    public static readonly DurableTaskRegistry Registry = new DurableTaskRegistry()
        .AddOrchestratorFunc<string, string>("Flow", Flow)
        .AddOrchestratorFunc<object?, string>("Flow2", Flow2)
        .AddOrchestratorFunc<string, string>("Immediate", (_, input) => Task.FromResult("x" + input))
        .AddOrchestratorFunc<int, int>("Loop", (context, n) => Loop(context, n, preserve: true))
        .AddOrchestratorFunc<int, int>("LoopNoPreserve", (context, n) => Loop(context, n, preserve: false))
        .AddOrchestratorFunc<int, int>("LoopAct", LoopAct)
        .AddOrchestratorFunc<string, string>("Catch", Catch)
        .AddOrchestratorFunc<object?, string>("Throw",
            Task<string> (TaskOrchestrationContext _, object? _) => throw new InvalidOperationException("boom"))
        .AddOrchestratorFunc<object?, string>("Fan", Fan)
        .AddOrchestratorFunc<string, string>("Retry", (context, input) =>
            context.CallActivityAsync<string>(
                "Step", input, TaskOptions.FromRetryPolicy(new(3, TimeSpan.FromSeconds(5), 2))))
        .AddOrchestratorFunc<string, string>("Sub", (context, input) =>
            context.CallSubOrchestratorAsync<string>(
                "Child", input, new SubOrchestrationOptions(instanceId: context.InstanceId + ":child")))
        .AddOrchestratorFunc<object?, string>("Long", Long)
        .AddOrchestratorFunc<object?, string>("Send", Send)
        .AddOrchestratorFunc<object?, string>("Guid", (context, _) => Task.FromResult(
            $"{context.NewGuid()};{context.NewGuid()}"))
        .AddOrchestratorFunc<object?, string>("TwoWait", TwoWait)
        .AddOrchestratorFunc<object?, string>("Buffered", Buffered);

    static async Task<string> Flow(TaskOrchestrationContext context, string input)
    {
        var step = await context.CallActivityAsync<string>("Step", input);
        using var noTimer = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromHours(1), noTimer.Token);
        var go = context.WaitForExternalEvent<string>("Go");
        if (await Task.WhenAny(timer, go) == timer) return $"timeout:{step}";
        noTimer.Cancel();
        return $"go:{await go}:{step}";
    }

    static async Task<string> Flow2(TaskOrchestrationContext context, object? input)
    {
        await context.WaitForExternalEventOr1Hour("Go");
        context.SetCustomStatus(new { stage = "go" });
        return await context.CallActivityAsync<string>("After", "go");
    }

    static async Task WaitForExternalEventOr1Hour(this TaskOrchestrationContext context, string name)
    {
        using var noTimer = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromHours(1), noTimer.Token);
        if (await Task.WhenAny(context.WaitForExternalEvent<string>(name), timer) != timer) noTimer.Cancel();
    }

    static async Task<int> Loop(TaskOrchestrationContext context, int n, bool preserve)
    {
        var tick = await context.WaitForExternalEvent<int>("Tick");
        if (preserve) context.SetCustomStatus($"n={n}");
        context.ContinueAsNew(n + tick, preserve);
        return 0;
    }

    static async Task<int> LoopAct(TaskOrchestrationContext context, int n)
    {
        await context.CallActivityAsync("Step", n);
        context.ContinueAsNew(n + 1);
        return 0;
    }

    static async Task<string> Catch(TaskOrchestrationContext context, string input)
    {
        try
        {
            return await context.CallActivityAsync<string>("Step", input);
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.FailureDetails.ErrorType}|{failed.FailureDetails.ErrorMessage}";
        }
    }

    static async Task<string> Fan(TaskOrchestrationContext context, object? input)
    {
        var parts = await Task.WhenAll(Enumerable.Range(0, 3).Select(n => context.CallActivityAsync<int>("Work", n)));
        return $"sum={parts.Sum()}";
    }

    static async Task<string> Long(TaskOrchestrationContext context, object? input)
    {
        await context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
        return "done";
    }

    static async Task<string> Send(TaskOrchestrationContext context, object? input)
    {
        context.SendEvent("other-1", "Hello", new { a = 1 });
        await context.CallActivityAsync("Step");
        return "ok";
    }

    static async Task<string> TwoWait(TaskOrchestrationContext context, object? input)
    {
        var first = context.WaitForExternalEvent<string>("X");
        var second = context.WaitForExternalEvent<string>("X");
        return await Task.WhenAny(first, second) == first ? "first" : "second";
    }

    static async Task<string> Buffered(TaskOrchestrationContext context, object? input)
    {
        await context.CallActivityAsync("Step");
        return $"{await context.WaitForExternalEvent<string>("X")},{await context.WaitForExternalEvent<string>("x")}";
    }
}
