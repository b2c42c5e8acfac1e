using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Functions.Tests.Costs;
using Automation.Functions.Tests.WholeThing;
using Automation.Functions.Worker;
using Automation.Storage.Tests.Azure;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Orders in hand under the Functions host: of a machine that dies, and where taking them in fails each
/// time.</summary>
[Trait("Needs", "Azurite")]
public sealed class InHandTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task The_order_that_a_killed_machine_had_in_hand_is_thanked_for_once_within_two_minutes_by_the_next()
    {
        await using var sink = await ProviderSink.Start();
        await using var turnstile = await Turnstile.Start(azurite.ConnectionString);
        await using (var machine = await Host(sink, turnstile.ConnectionString))
        {
            var before = turnstile.Counted.Queue;
            var inHand = turnstile.HoldAtTable("Orders");
            await machine.Take(ShopifyOrder.Created(1, DateTimeOffset.UtcNow));
            await inHand.WaitAsync(TimeSpan.FromSeconds(30));
            // put there, and the lease cut
            await Until(() => Task.FromResult(turnstile.Counted.Queue >= before + 2), machine);
            await machine.Die();
        }
        var watch = Stopwatch.StartNew();
        await using var next = await Host(sink);
        Assert.Empty(sink.Accepted);
        await azurite.Pass(ShortLease.Length);
        await Until(() => Task.FromResult(!sink.Accepted.IsEmpty), next);
        Assert.InRange(ShortLease.Length + watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        await next.Rest();
        Assert.Equal("customer1@example.jp", Assert.Single(sink.Accepted).To);
    }

    [Fact]
    public async Task A_webhook_that_fails_five_times_is_parked_with_its_reason_and_until_then_waits_to_be_tried_again()
    {
        await using var sink = await ProviderSink.Start();
        await using var turnstile = await Turnstile.Start(azurite.ConnectionString);
        await using var host = await Host(sink, turnstile.ConnectionString);
        using var world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
        var before = turnstile.Counted.Queue;
        turnstile.RefuseTable("Orders");
        await host.Take(ShopifyOrder.Created(2, DateTimeOffset.UtcNow));
        for (var delivery = 1; delivery <= Around.Attempts; delivery++)
        {
            Assert.Empty(await Parked());
            // put there once; each time the lease is cut, and then it is put back or deleted
            var cost = 1 + 2 * delivery;
            await Until(() => Task.FromResult(turnstile.Counted.Queue >= before + cost), host);
            if (delivery < Around.Attempts) await azurite.Pass(ShortLease.Again);
        }
        turnstile.Open();
        await host.Rest();

        var parked = Assert.Single(await Parked());
        Assert.Equal("demo", parked.Text("source"));
        Assert.Contains("Forbidden", parked.Text("reason"), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(sink.Accepted);

        async Task<List<JsonElement>> Parked() =>
            [.. (await world.GetFromJsonAsync<JsonElement>("/api/parked")).GetProperty("items").EnumerateArray()];
    }

    private async Task<FunctionsHost> Host(ProviderSink sink, string? way = null) => await FunctionsHost.Start(
        await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
        {
            ["Shop__Folder"] = TestShop.Write(),
            ["SendGrid__BaseUrl"] = sink.Url,
            ["Storage__ConnectionString"] = way ?? azurite.ConnectionString,
        }));

    private static async Task Until(Func<Task<bool>> holds, FunctionsHost host)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var watch = Stopwatch.StartNew(); !await holds(); await tick.WaitForNextTickAsync())
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), host.Log());
    }
}
