using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Functions.Tests.AzureHost;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.Costs;

/// <summary>What a worker that has worked costs in storage operations while nothing happens, and what each timer costs;
/// docs/costs.md says the same numbers.</summary>
[Long(40)]
[Trait("Needs", "Azurite")]
public sealed class IdleCostTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    /// <summary>Longer than anything in the product that looks again after a while.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(31);
    private static readonly (string Name, string Finding)[] Timers =
        [("NewsletterTick", "nothing due"), ("SettleSends", "nothing to do"),
            ("AbandonCheckouts", "nothing due"), ("IndexCustomers", "nobody new"),
            ("TallyInsights", "nothing changed"), ("SweepEnrollments", "nothing to do"),
            ("SenseCustomers", "nothing new"), ("KeepRetention", "nothing old")];

    [Fact]
    public async Task A_worker_with_nothing_to_do_asks_for_nothing_and_each_timer_costs_what_the_page_says()
    {
        await using var turnstile = await Turnstile.Start(azurite.ConnectionString);
        // What is written now is long ago for those who look for what changed lately.
        await azurite.Pass(-TimeSpan.FromMinutes(5));
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
            {
                ["Shop__Folder"] = TestShop.Write(newsletter: true),
                ["Mail__Transport"] = "folder",
                ["Storage__ConnectionString"] = turnstile.ConnectionString,
            }));
        await Work(host);
        // What was published is looked at again once every machine knows of it.
        await azurite.Pass(TimeSpan.FromMinutes(1));
        // what is done once: a shop counted for the first time, an empty slot warned of
        foreach (var (timer, _) in Timers) await Fire(timer);
        var start = await turnstile.Count(host.KillWorker);
        foreach (var (timer, _) in Timers) await Fire(timer);   // what a process learns once

        await host.Rest();
        Assert.Equal(new Operations(0, 0, 0), await turnstile.Count(Nothing));
        var (asked, again) = (await Fire("NewsletterTick"), await Fire("NewsletterTick"));
        List<string> rows = [CostPage.Row("a process starts, on tables that are there", start),
            CostPage.Row("a look at what others did to the shop, at most every half minute", asked - again)];
        foreach (var (timer, finding) in Timers)
            rows.Add(CostPage.Row($"one run of `{timer}`, {finding}", await Fire(timer)));
        await host.Rest();
        rows.Add(CostPage.Row("one run of `SendPulse`, and what it sends", await turnstile.Count(async () =>
        {
            await host.Fire("SendPulse");
            await host.Rest();
        })));
        CostPage.Says(output, [.. rows]);

        Task<Operations> Fire(string timer) =>
            turnstile.Count(async () => Assert.True(await host.Fire(timer), host.Log()));
    }

    /// <summary>An order comes, and its mail has gone.</summary>
    private static async Task Work(FunctionsHost host)
    {
        using var world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
        await host.Take(ShopifyOrder.Created(1, DateTimeOffset.UtcNow));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; (await world.GetFromJsonAsync<JsonElement>("/api/journeys/three/enrollments"))
            .GetProperty("items").EnumerateArray().All(walk => walk.Text("cursor") != "1"); tries++)
        {
            Assert.True(tries < 300, $"the order did not become a mail:\n{host.Log()}");
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>Time passes: the one thing this test is about.</summary>
    private static async Task Nothing()
    {
        using var idle = new PeriodicTimer(Idle);
        await idle.WaitForNextTickAsync();
    }
}
