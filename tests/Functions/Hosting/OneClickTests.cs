using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;

namespace Automation.Functions.Tests.Hosting;

/// <summary>RFC 8058 from the mail to the next send: the link as it stands in the outbox, posted while a journey
/// waits.</summary>
public sealed class OneClickTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const string Journey = """
        { "name": "二通", "purpose": "marketing", "trigger": { "event": "consent.given" },
          "steps": [ { "do": "send", "mail": "hello" }, { "do": "waitFor", "event": "order.placed", "upTo": "300 days",
            "then": [ { "do": "send", "mail": "hello" } ] } ] }
        """;

    [Fact]
    public async Task One_click_in_either_encoding_stops_a_journey_in_the_middle_of_its_wait_and_a_look_does_not()
    {
        using var published = await shop.Api(HttpMethod.Put, "/api/journeys/pair", Journey);
        published.EnsureSuccessStatusCode();
        (string Name, Func<HttpRequestMessage> Does, string Next)[] readers =
        [
            ("looker", () => new(HttpMethod.Get, (string?)null), "accepted"),
            ("header", () => new(HttpMethod.Head, (string?)null), "accepted"),
            ("prefetcher", () => new(HttpMethod.Get,
                (string?)null) { Headers = { { "Sec-Purpose", "prefetch" }, { "Purpose", "prefetch" } } }, "accepted"),
            ("multipart", () => new(HttpMethod.Post, (string?)null)
            {
                Content = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
            }, "refused: consent: withdrawn"),
            ("urlencoded", () => new(HttpMethod.Post,
                (string?)null) { Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]) },
                "refused: consent: withdrawn"),
        ];
        for (var n = 0; n < readers.Length; n++)
        {
            var (name, does, next) = readers[n];
            var id = await shop.Customer($"{name}@example.jp", $"97{n}1");
            using var agreed = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
                """{"channel":"email","state":"given","evidence":"form"}""");
            agreed.EnsureSuccessStatusCode();
            await shop.Idle();
            Assert.Equal(["accepted"], await Sends(id));

            using var request = does();
            request.RequestUri = new Uri(Link(name), UriKind.Relative);
            using var answer = await shop.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));

            await shop.Customer($"{name}@example.jp", $"97{n}2");
            Assert.Equal(["accepted", next], await Sends(id));
        }
    }

    /// <summary>The path of the link that the mail to this reader carries in its header.</summary>
    private string Link(string name) =>
        Letters.To(Path.Combine(shop.Product.Get<Settings>().DataFolder, "outbox"), $"{name}@example.jp").First()
            .Unsubscribe();

    private async Task<string[]> Sends(string id)
    {
        using var answer = await shop.Api(HttpMethod.Get, $"/api/sends?customer={id}");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("items").EnumerateArray()
            .Select(send => (At: send.GetProperty("at").GetDateTimeOffset(), Said: send.TryGetProperty(
                "reason", out var reason) ? $"{send.GetProperty("state")}: {reason}" : $"{send.GetProperty("state")}"))
            .OrderBy(send => send.At).Select(send => send.Said)];
    }
}
