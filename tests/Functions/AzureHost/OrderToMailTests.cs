using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The whole way under the Functions host: webhooks in, mails out at a provider, while the worker is killed
/// again and again.</summary>
[Trait("Needs", "Azurite")]
public sealed class OrderToMailTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Orders = 40;
    private static readonly int Kills = Thorough.Or(5, 20);

    [Fact]
    public async Task Killed_many_times_under_the_Functions_host_nothing_is_lost_and_nobody_gets_a_mail_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var sink = await ProviderSink.Start();
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
            {
                ["Shop__Folder"] = TestShop.Write(),
                ["SendGrid__BaseUrl"] = sink.Url,
                ["Mail__SettleAfter"] = "10 years",
            }), rate: 86400);
        using var world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
        var posting = Post(world);
        var killing = Kill(host, random);
        await Task.WhenAll(posting, killing);
        await azurite.Pass(Worker.ShortLease.Length);   // what killed workers had in hand shows again

        var watch = Stopwatch.StartNew();
        List<JsonElement> enrollments;
        do
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60),
                $"not everybody came through: {await Stuck(host, world)}\n{host.Log()}");
            await host.Fire("SweepEnrollments");
            await host.Fire("SettleSends");
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            await pace.WaitForNextTickAsync();
            enrollments = await List(world, "/api/journeys/three/enrollments");
        }
        while (enrollments.Count < Orders || enrollments.Any(e => Outcome(e) != "completed"));
        Assert.Equal(Orders, enrollments.Count);

        var sends = await List(world, "/api/sends");
        Trial.EachOnce(sends, sink, Orders);
        foreach (var queue in (string[])["orders-poison", "events-poison", "alarms-poison"])
        {
            var poison = host.Queues.GetQueue(queue);
            await poison.CreateIfMissing();
            Assert.Equal(0, await poison.ApproximateCount());
        }
        output.WriteLine(
            $"{sends.Count(s => Said(s, "state") == "uncertain")} of {sends.Count} sends uncertain, "
            + $"{host.FailedTurns} orchestrations failed for good by the host and healed; "
            + $"{watch.Elapsed.TotalSeconds:n1} s after the last kill");
    }

    /// <summary>Who is not through, as the product and the hub see them.</summary>
    private static async Task<string> Stuck(FunctionsHost host, HttpClient world)
    {
        var all = await List(world, "/api/journeys/three/enrollments");
        List<string> lines = [$"{all.Count} of {Orders} enrollments"];
        foreach (var one in all.Where(e => Outcome(e) != "completed").Take(5)) lines.Add(one.GetRawText());
        await foreach (var instance in host.Durable.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            if (lines.Count < 15 && !(instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed)) lines.Add(
                $"{instance.InstanceId} {instance.RuntimeStatus} {instance.SerializedInput} {instance.FailureDetails}");
        foreach (var queue in (string[])["orders", "orders-poison", "alarms"])
        {
            await host.Queues.GetQueue(queue).CreateIfMissing();
            lines.Add($"{queue}: {await host.Queues.GetQueue(queue).ApproximateCount()}");
        }
        lines.AddRange((await List(world, "/api/parked")).Take(5).Select(parked => parked.GetRawText()));
        return string.Join('\n', lines);
    }

    private static string? Outcome(JsonElement enrollment) => Said(enrollment, "outcome");

    private static string? Said(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task Kill(FunctionsHost host, Random random)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 1000))))
                await life.WaitForNextTickAsync();
            await host.KillWorker();
            if (kill % 5 == 4) await host.Fire("SweepEnrollments");
        }
    }

    /// <summary>The platform: posts every order until it is answered 2xx, whatever happens to the worker
    /// meanwhile.</summary>
    private static async Task Post(HttpClient world)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var n = 0; n < Orders; n++)
        {
            while (true)
            {
                using var answer = await world.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
                if (answer.IsSuccessStatusCode) break;
                Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
                await pace.WaitForNextTickAsync();
            }
            await pace.WaitForNextTickAsync();
        }
    }

    private static async Task<List<JsonElement>> List(HttpClient world, string path)
    {
        var found = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await world.GetFromJsonAsync<JsonElement>(path + (next is null ? ""
                : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "next=" + Uri.EscapeDataString(next)));
            found.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.String
                ? more.GetString() : null;
        } while (next is not null);
        return found;
    }
}
