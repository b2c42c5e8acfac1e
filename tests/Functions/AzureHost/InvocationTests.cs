using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Functions.Tests.AzureHost.Wire;
using Automation.Storage.Tests.Azure;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Single invocations and requests as the Functions host makes them, against the worker as a
/// process.</summary>
[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class InvocationTests(Azurite azurite) : IAsyncLifetime, IDisposable
{
    private FunctionsHost host = null!;
    private HttpClient world = null!;

    public async Task InitializeAsync()
    {
        host = await FunctionsHost.Start(await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With([]));
        world = new HttpClient
        {
            BaseAddress = host.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AzureSettings.Key) }
        };
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task A_body_that_is_not_text_is_parked_to_the_byte()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xE9, 0xFF, 0x00, 0xC3, .. "\"}"u8];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/orders/pos")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/cloudevents+json") } },
        };
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(AzureSettings.Secret), body);
        request.Headers.Add("X-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
        using var answer = await world.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var bodies = new Automation.Storage.Azure.AzureStorage(azurite.ConnectionString).Tables.GetTable("Bodies");
        Assert.NotNull(await Until(async () =>
        {
            await foreach (var row in bodies.Query(new()))
                if (row.GetBinary("B0") is { } stored && stored.AsSpan().IndexOf(body) >= 0
                    && row.PartitionKey != "orders") return row;
            return null;
        }));
    }

    [Fact]
    public async Task How_often_one_may_ask_is_counted_from_call_to_call()
    {
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 4; n++)
        {
            using var form = new FormUrlEncodedContent([new("email", $"{n}@example.jp")]);
            using var answer = await world.PostAsync("/line/link/nobody", form);
            answers.Add(answer.StatusCode);
        }
        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests],
            answers);
    }

    [Fact]
    public async Task A_message_nobody_understands_is_parked_and_not_delivered_again()
    {
        var queue = host.Queues.GetQueue("events");
        await queue.Send("9e952958-5e33-4daf-827f-2fa12937b875"u8.ToArray());
        await queue.Send("MTIzNDU2Nzg="u8.ToArray());
        await Until(async () => await queue.ApproximateCount() == 0 ? "empty" : null);
        var parked = await world.GetStringAsync("/api/parked");
        Assert.Equal(2, JsonDocument.Parse(parked).RootElement.GetProperty("items").EnumerateArray()
            .Count(item => item.GetRawText().Contains("events", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_alarm_for_an_enrollment_that_is_not_there_wakes_nobody_and_ends()
    {
        var queue = host.Queues.GetQueue("alarms");
        var before = await queue.ApproximateCount();   // what was published waits there for other machines
        await queue.Send("wake 0123456789abcdef01234567|three|0001"u8.ToArray());
        await Until(async () => await queue.ApproximateCount() <= before ? "done" : null);
    }

    [Fact]
    public async Task No_function_below_api_answers_without_the_key()
    {
        using var stranger = new HttpClient { BaseAddress = host.Address };
        var functions = (await host.Functions()).Where(one => one.Is("httpTrigger")).ToList();
        Assert.True(functions.Count > 30);
        foreach (var function in functions.Where(one => one.Route.StartsWith("api/", StringComparison.Ordinal)))
        {
            foreach (var method in function.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), $"/{Somewhere(function.Route)}");
                request.Headers.Authorization = new("Bearer", "another-key-than-that");
                using var answer = await stranger.SendAsync(request);
                Assert.Equal(
                    (function.Name, HttpStatusCode.Unauthorized), (function.Name, answer.StatusCode));
            }
        }
        // Whoever reaches the worker itself does not get past it either.
        var other = functions.First(one => one.Route == "health/live");
        var invocation = host.Request(functions.First(one => one.Name == "ListParked"), new TypedData { Http = new() });
        var running = host.Invoke(invocation);
        using var direct = new HttpRequestMessage(
            HttpMethod.Get, new Uri(await host.WorkerAddress(), $"/{other.Route}"));
        direct.Headers.Add("x-ms-invocation-id", invocation.InvocationId);
        using var answered = await stranger.SendAsync(direct);
        await running;
        Assert.Equal(HttpStatusCode.Unauthorized, answered.StatusCode);

        static string Somewhere(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", "x");
    }

    [Fact]
    public async Task What_is_refused_is_said_in_problem_details_and_what_is_not_there_is_the_host_s_empty_404()
    {
        Assert.Equal("application/problem+json", await Kind("/api/customers/none", 404));
        Assert.Equal("application/problem+json", await Kind("/webhooks/orders/nobody", 404, HttpMethod.Post));
        Assert.Null(await Kind("/nothing", 404));
        Assert.Null(await Kind("/api/parked", 404, HttpMethod.Put));
        Assert.Null(await Kind("/RunJourney", 404, HttpMethod.Post));

        async Task<string?> Kind(string path, int status, HttpMethod? method = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
            using var answer = await world.SendAsync(request);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            return answer.Content.Headers.ContentType?.MediaType;
        }
    }

    private async Task<T> Until<T>(Func<Task<T?>> probe) where T : class
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var tries = 0; tries < 300; tries++, await tick.WaitForNextTickAsync())
            if (await probe() is { } found) return found;
        throw new TimeoutException($"not within 30 s\n{host.Log()}");
    }
}
