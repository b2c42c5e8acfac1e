namespace Automation.DurableTask.Tests.Embedded;

/// <summary>The orchestrations the tests tell their stories with.</summary>
internal static class Stories
{
    public static DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddActivityFunc<int, int>("Double", (_, n) => Task.FromResult(n * 2))
        .AddActivityFunc<string, string>(
            "Refuse", Task<string> (TaskActivityContext _, string why) => throw new InvalidOperationException(why))
        .AddOrchestratorFunc<int, int>("Chain", async (context, n) =>
        {
            for (var i = 0; i < 3; i++) n = await context.CallActivityAsync<int>("Double", n);
            return n;
        })
        .AddOrchestratorFunc<int, int>("FanOut", async (context, n) =>
            (await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallActivityAsync<int>("Double", i)))).Sum())
        .AddOrchestratorFunc<int, string>("Sleep", async (context, days) =>
        {
            context.SetCustomStatus("asleep");
            await context.CreateTimer(TimeSpan.FromDays(days), default);
            return context.CurrentUtcDateTime.ToString("MM-dd HH:mm", null);
        })
        .AddOrchestratorFunc<string, string>("Listen", async (context, _) =>
            await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("word"))
        .AddOrchestratorFunc<int, int>("Count", async (context, n) =>
        {
            if (n == 0) return await context.WaitForExternalEvent<int>("end");
            await context.CallActivityAsync<int>("Double", n);
            context.ContinueAsNew(n - 1);
            return n;
        })
        .AddOrchestratorFunc<string, string>("Parent", (context, input) => context.CallSubOrchestratorAsync<string>(
            input, "child", new SubOrchestrationOptions(instanceId: "the-child")))
        .AddOrchestratorFunc<string, string>("Says", (_, word) => Task.FromResult(word + "!"))
        .AddOrchestratorFunc<string, string>(
            "Breaks", async (context, word) => await context.CallActivityAsync<string>("Refuse", word));
}
