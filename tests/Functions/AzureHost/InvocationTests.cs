using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Storage.Tests.Azure;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Single invocations and requests as the Functions host makes them, against the handler as a process.</summary>
[Collection(AzuriteTests.Name)]
public sealed class InvocationTests(Azurite azurite) : IAsyncLifetime, IDisposable
{
    private FunctionsHost host = null!;
    private HttpClient world = null!;

    public async Task InitializeAsync()
    {
        host = await FunctionsHost.Start(await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With([]));
        world = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) } };
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_body_that_is_no_text_is_parked_to_the_byte()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xE9, 0xFF, 0x00, 0xC3, .. "\"}"u8];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/orders/pos") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/cloudevents+json") } } };
        request.Headers.Add("X-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AzureSettings.Secret), body))}");
        using var answer = await world.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var bodies = new Automation.Storage.Azure.AzureTableService(azurite.ConnectionString).GetTable("Bodies");
        Assert.NotNull(await Until(async () =>
        {
            await foreach (var row in bodies.Query(new()))
                if (row.GetBinary("B0") is { } stored && stored.AsSpan().IndexOf(body) >= 0 && row.PartitionKey != "orders") return row;
            return null;
        }));
    }

    [Fact]
    public async Task A_message_nobody_understands_is_parked_and_not_delivered_again()
    {
        var queue = host.Queues.GetQueue("events");
        await queue.Send("9e952958-5e33-4daf-827f-2fa12937b875"u8.ToArray());
        await queue.Send("MTIzNDU2Nzg="u8.ToArray());
        await Until(async () => await queue.ApproximateCount() == 0 ? "empty" : null);
        var parked = await world.GetStringAsync("/api/parked");
        Assert.Equal(2, JsonDocument.Parse(parked).RootElement.GetProperty("items").EnumerateArray().Count(item => item.GetRawText().Contains("events", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_alarm_for_an_enrollment_that_is_not_there_starts_and_ends()
    {
        var queue = host.Queues.GetQueue("alarms");
        var before = await queue.ApproximateCount();   // what was published waits there for other machines
        await queue.Send("wake 0123456789abcdef01234567|three|0001"u8.ToArray());
        await Until(async () => await queue.ApproximateCount() <= before ? "done" : null);
    }

    [Theory]
    [InlineData("RunJourney", "{}")]
    [InlineData("RunJourney", "")]
    [InlineData("RunJourney", """{"Data":{"context":"\"AAAA\""}}""")]
    public async Task An_orchestrator_call_is_answered_with_200_whatever_it_is(string function, string invocation) =>
        Assert.NotEqual("", Assert.IsType<string>(await host.Handler.Invoke(function, invocation)));

    [Fact]
    public async Task A_history_of_several_megabytes_gets_through()
    {
        var events = new Microsoft.DurableTask.Protobuf.OrchestratorRequest { InstanceId = "large" };
        events.NewEvents.Add(new Microsoft.DurableTask.Protobuf.HistoryEvent { EventRaised = new() { Name = "x", Input = new string('x', 6_000_000) } });
        var context = Convert.ToBase64String(Google.Protobuf.MessageExtensions.ToByteArray(events));
        var body = new JsonObject { ["Data"] = new JsonObject { ["context"] = Invocation.Quoted(context) }, ["Metadata"] = new JsonObject() }.ToJsonString();
        Assert.NotEqual("", Assert.IsType<string>(await host.Handler.Invoke("RunJourney", body)));
    }

    [Fact]
    public async Task Functions_are_reached_at_their_own_routes_only_and_wrong_keys_are_refused()
    {
        using var stranger = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.PostAsync("/RunJourney", null)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/parked")).StatusCode);
        Assert.True((await stranger.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    private async Task<T> Until<T>(Func<Task<T?>> probe) where T : class
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 300; tries++, await tick.WaitForNextTickAsync())
            if (await probe() is { } found) return found;
        throw new TimeoutException($"not within 30 s\n{host.Handler.Log()}");
    }
}
