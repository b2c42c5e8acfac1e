using System.Net;
using System.Text;
using System.Text.Json;

namespace Automation.Functions.Tests.Hosting;

public sealed class PrivacyTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_request_for_disclosure_is_listed_answered_with_everything_and_then_no_longer_open()
    {
        var id = await shop.Customer("ask@example.jp", "6101");
        await Post("customers/data_request", """{"customer":{"email":"ask@example.jp"},"data_request":{"id":41}}""");
        var request = Assert.Single(await Open(), item => item.GetProperty("id").GetString() == "41");
        Assert.Equal(("disclosure", "shopify", id), (request.GetProperty("kind").GetString(), request.GetProperty("source").GetString(), request.GetProperty("customer").GetString()));

        using var answer = await shop.Api(HttpMethod.Post, "/api/requests/shopify/41/answer");
        var told = await Json(answer);
        Assert.Equal("ask@example.jp", told.GetProperty("customer").GetProperty("email").GetString());
        Assert.Equal(["customer", "timeline", "suppressed", "parked"], told.EnumerateObject().Select(property => property.Name));
        Assert.DoesNotContain(await Open(), item => item.GetProperty("id").GetString() == "41");
        using var nowhere = await shop.Api(HttpMethod.Post, "/api/requests/shopify/42/answer");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
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
        Assert.False(Assert.Single(await Open(), item => item.GetProperty("kind").GetString() == "shopErasure").TryGetProperty("confirmedAt", out _));
        using var meant = await shop.Api(HttpMethod.Post, confirm, """{"shop":"tsukinagi.myshopify.com"}""");
        Assert.True((await Json(meant)).TryGetProperty("confirmedAt", out _));
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
