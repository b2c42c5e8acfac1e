using System.Net;
using System.Text;
using System.Text.Json;
using Automation.DurableTask.Embedded;
using Automation.Marketing.Consent;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Hosting;

public sealed class PrivacyTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_request_for_disclosure_is_listed_answered_with_everything_and_then_no_longer_open()
    {
        var id = await shop.Customer("ask@example.jp", "6101");
        await Post("customers/data_request",
            """{"shop_domain":"tea.myshopify.com","orders_requested":[],"customer":{"email":"ask@example.jp"}"""
            + ""","data_request":{"id":41}}""");
        var request = Assert.Single(await Open(), item => item.GetProperty("id").GetString() == "41");
        Assert.Equal("disclosure", request.GetProperty("kind").GetString());
        Assert.Equal("shopify", request.GetProperty("source").GetString());
        Assert.Equal(id, request.GetProperty("customer").GetString());

        using var answer = await shop.Api(HttpMethod.Post, "/api/requests/shopify/41/answer");
        var told = await Json(answer);
        Assert.Equal("ask@example.jp", told.GetProperty("customer").GetProperty("email").GetString());
        Assert.Equal(
            ["customer", "timeline", "suppressed", "parked"], told.EnumerateObject().Select(property => property.Name));
        Assert.DoesNotContain(await Open(), item => item.GetProperty("id").GetString() == "41");
        using var nowhere = await shop.Api(HttpMethod.Post, "/api/requests/shopify/42/answer");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task Every_issue_somebody_was_sent_is_disclosed_and_after_their_erasure_leads_to_nobody()
    {
        var (reader, other) =
            (await shop.Customer("subscriber@example.jp", "6102"), await shop.Customer("silent@example.jp", "6103"));
        await shop.Product.Get<ConsentService>().Record(
            new(reader), "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UtcNow, "api"));
        await Put("/api/newsletters/weekly", """{ "name": "お便り", "on": ["wednesday"], "at": "10:00" }""");
        string[] dates = [.. (await Get("/api/calendar")).GetProperty("items").EnumerateArray()
            .Select(slot => slot.GetProperty("date").GetString()!).TakeLast(3)];
        foreach (var date in dates[..2])
        {
            await Put($"/api/newsletters/weekly/issues/{date}", "---\nsubject: お便り\n---\n{{customer.salutation}}\n",
                "text/markdown");
            using var sent = await shop.Api(HttpMethod.Post, $"/api/newsletters/weekly/issues/{date}/confirm");
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            await shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        }
        string[] issues = [$"weekly/{dates[0]}", $"weekly/{dates[1]}"];
        Assert.Equal(issues.Select(issue => (issue, "accepted")), await Sends(reader));
        Assert.Equal(issues.Select(issue => (issue, "refused")), await Sends(other));

        var counts = (await Get($"/api/newsletters/weekly/issues/{dates[0]}")).GetRawText();
        using var erased = await shop.Api(HttpMethod.Delete, $"/api/customers/{reader}");
        erased.EnsureSuccessStatusCode();
        Assert.Equal(counts, (await Get($"/api/newsletters/weekly/issues/{dates[0]}")).GetRawText());
        var left = await Get($"/api/customers/{reader}/export");
        Assert.Equal(issues.Select(issue => (issue, "accepted")), await Sends(reader));
        Assert.DoesNotContain("subscriber", left.GetRawText(), StringComparison.Ordinal);

        async Task<IEnumerable<(string, string)>> Sends(string id) =>
            (await Get($"/api/customers/{id}/export")).GetProperty("timeline").EnumerateArray()
                .Where(item => item.GetProperty("kind").GetString() == "send").Select(item => item.GetProperty("what"))
                .Select(send => (send.GetProperty("mail").GetString()!,
                    send.GetProperty("state").GetString()!)).Order();
    }

    [Fact]
    public async Task A_whole_shop_is_erased_by_its_name_only()
    {
        await Post("shop/redact", """{"shop_id":954889,"shop_domain":"tsukinagi.myshopify.com"}""");
        var request = Assert.Single(await Open(), item => item.GetProperty("kind").GetString() == "shopErasure");
        var confirm = $"/api/requests/shopify/{request.GetProperty("id").GetString()}/confirm";
        using var slip = await shop.Api(HttpMethod.Post, confirm, """{"shop":"other.myshopify.com"}""");
        Assert.Equal(HttpStatusCode.BadRequest, slip.StatusCode);
        using var odd = await shop.Api(HttpMethod.Post, confirm, "{");
        Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        Assert.False(Assert.Single(await Open(), item => item.GetProperty("kind").GetString() == "shopErasure")
            .TryGetProperty("confirmedAt", out _));
        using var meant = await shop.Api(HttpMethod.Post, confirm, """{"shop":"tsukinagi.myshopify.com"}""");
        Assert.True((await Json(meant)).TryGetProperty("confirmedAt", out _));
    }

    private async Task Put(string path, string body, string type = "application/json")
    {
        using var answer = await shop.Api(HttpMethod.Put, path, body, type);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> Get(string path)
    {
        using var answer = await shop.Api(HttpMethod.Get, path);
        return await Json(answer);
    }

    private async Task Post(string topic, string body)
    {
        using var answer = await shop.Http.SendAsync(RunningShop.Shopify(Encoding.UTF8.GetBytes(body), topic));
        answer.EnsureSuccessStatusCode();
        await shop.Idle();
    }

    private async Task<JsonElement[]> Open()
    {
        using var answer = await shop.Api(HttpMethod.Get, "/api/requests?open=true");
        return [.. (await Json(answer)).GetProperty("items").EnumerateArray()];
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
    }
}
