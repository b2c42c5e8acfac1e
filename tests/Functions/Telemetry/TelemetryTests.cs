using System.Net.Http.Headers;
using System.Text.Json;
using Automation.Functions.Tests.AzureHost;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;

namespace Automation.Functions.Tests.Telemetry;

/// <summary>What an OTLP collector hears of an order, under both hosts: its way, what was counted, and nobody's
/// name.</summary>
[Trait("Needs", "Azurite")]
public sealed class TelemetryTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly string[] Way = ["OrderWebhook", "OrderIntake", "AdvanceJourney", "send"];
    private const string Caller = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly string[] Counted = ["automation.webhooks", "automation.queue.age",
        "automation.sends.accepted", "automation.thankyou.latency"];

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task On_one_machine_an_order_is_one_trace_from_the_webhook_to_the_mail_and_names_nobody(
        string protocol)
    {
        await using var collector = await Collector.Start(protocol);
        await using var product = new ProductProcess(
            new() { ["Shop:Folder"] = TestShop.Write() }, collector.Environment);
        await product.Start();
        using (var order = Order(1)) (await product.Http.SendAsync(order)).EnsureSuccessStatusCode();
        await product.Until(
            () => Task.FromResult(Complete(collector)), TimeSpan.FromSeconds(30), "the whole trace is collected");
        await Check(collector, product.Http, 1);
    }

    [Fact]
    public async Task Under_the_Functions_host_an_order_is_one_trace_from_the_webhook_to_the_mail_and_names_nobody()
    {
        await using var collector = await Collector.Start();
        var settings = AzureSettings.With(
            new(collector.Environment) { ["Shop__Folder"] = TestShop.Write(), ["Mail__Transport"] = "folder" });
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, settings);
        using var world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
        var customer = Random.Shared.Next(1_000_000, 1_000_000_000);
        await host.Take(Order(customer));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var tries = 0; Complete(collector) is null; tries++)
        {
            Assert.True(
                tries < 600, $"the whole trace is not collected: {string.Join('\n', collector.Spans)}\n{host.Log()}");
            await pace.WaitForNextTickAsync();
        }
        await Check(collector, world, customer);
    }

    /// <summary>An order that comes with its caller's trace, as everything does that the Functions host
    /// forwards.</summary>
    private static HttpRequestMessage Order(int customer)
    {
        var order = ShopifyOrder.Created(customer, DateTimeOffset.UtcNow, change: order =>
        {
            order["phone"] = "+819012345678";
            order["customer"]!["phone"] = "+819012345678";
            order["shipping_address"] =
                new System.Text.Json.Nodes.JsonObject { ["address1"] = "丸の内9-8-7", ["phone"] = "+819012345678" };
        });
        order.Headers.Add("traceparent", $"00-{Caller}-00f067aa0ba902b7-01");
        return order;
    }

    /// <summary>The way's spans where all of them and of every figure something has come; else null.</summary>
    private static List<Span>? Complete(Collector collector)
    {
        if (!Counted.All(figure => collector.Metrics.GetValueOrDefault(figure) >= 1)
            || collector.Spans.FirstOrDefault(span => span.Name == Way[0]) is not { } first) return null;
        var way = Way.Select(name => collector.Spans.FirstOrDefault(span => span.Trace == first.Trace
            && span.Name == name)).OfType<Span>().ToList();
        return way.Count == Way.Length ? way : null;
    }

    private static async Task Check(Collector collector, HttpClient api, int customer)
    {
        var way = Complete(collector)!;
        Assert.Equal("", way[0].Parent);
        Assert.Equal([Caller], way[0].Links);
        Assert.DoesNotContain(collector.Spans, span => span.Trace == Caller);
        Assert.All(way.Zip(way.Skip(1)), step => Assert.Equal(step.First.Id, step.Second.Parent));
        var found = JsonDocument.Parse(await api.GetStringAsync(
            $"/api/customers?email=customer{customer}@example.jp")).RootElement;
        var id = found.GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal(1, collector.Metrics["automation.webhooks"]);
        Assert.True(collector.Has("accepted"));
        Assert.True(collector.Has("three/thank-you"));
        foreach (var personal in (string[])[$"customer{customer}", "example.jp", "佐藤", "花子", "9012345678", "丸の内", id,
            $"{7_000_000_000 + customer}", $"{5_000_000_000_000_000_000 + customer}", "Bearer", "hush"])
            Assert.False(collector.Has(personal), $"\"{personal}\" was told");
    }
}
