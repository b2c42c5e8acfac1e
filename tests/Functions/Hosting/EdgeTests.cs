using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;
using Automation.Sqlite;

namespace Automation.Functions.Tests.Hosting;

public sealed class EdgeTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private static readonly byte[] Order = """
        {"id":5001,"name":"#1001","email":"aoi.sato@example.jp","created_at":"2026-11-03T09:00:00+09:00",
          "updated_at":"2026-11-03T09:00:00+09:00","currency":"JPY","total_price":"2596","customer":{"id":7001,
          "email":"aoi.sato@example.jp","last_name":"佐藤","first_name":"葵"},"line_items":[{"id":1,"product_id":9001,
          "title":"深蒸し煎茶","quantity":2,"price":"1298"}]}
        """u8.ToArray();

    [Fact]
    public async Task A_signed_order_is_accepted_and_its_customer_is_known()
    {
        using var answer = await shop.Http.SendAsync(RunningShop.Shopify(Order));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        await shop.Idle();
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=Aoi.Sato@example.jp");
        var customer = Assert.Single((await Json(found)).GetProperty("items").EnumerateArray());
        Assert.Equal("佐藤", customer.GetProperty("familyName").GetString());
        Assert.Equal(1, customer.GetProperty("orders").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_large_order_is_accepted_and_understood_too()
    {
        var note = new string('あ', 60_000);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"id":5002,"name":"#1002","note":"{{note}}","email":"big@example.jp","created_at":"2026-11-03T09:"""
            + $$"""00:00+09:00","updated_at":"2026-11-03T09:00:00+09:"""
            + $$"""00","currency":"JPY","total_price":"1","line_items":[]}""");
        using var answer = await shop.Http.SendAsync(RunningShop.Shopify(body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await shop.Idle();
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=big@example.jp");
        Assert.Single((await Json(found)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_signed_body_nobody_can_read_is_accepted_parked_and_listed()
    {
        using var answer = await shop.Http.SendAsync(RunningShop.Shopify("{\"id\": 12, \"broken\""u8.ToArray()));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await shop.Idle();
        using var parked = await shop.Api(HttpMethod.Get, "/api/parked");
        Assert.Contains((await Json(parked)).GetProperty("items").EnumerateArray(), item => item.GetProperty("topic")
            .GetString() == "orders/create" && item.GetProperty("source").GetString() == "shopify");
    }

    [Theory]
    [InlineData("""{"id":"n-1","source":"kanri","type":"order.placed","data":{"orderId":"1"}}""", "needs \"id\"")]
    [InlineData("""{"id":"n-2","source":"kanri","type":"order.fullfilled","data":{"id":"1"}}""",
        "did you mean order.fulfilled?")]
    [InlineData("""{"id":"n-3","source":"kanri","type":"consent.widrawn","subject":"email:a@b.jp"}""",
        "did you mean consent.withdrawn?")]
    public async Task A_generic_order_without_its_id_and_a_misspelt_event_are_listed_not_dropped(
        string body, string reason)
    {
        using var accepted = await shop.Http.SendAsync(RunningShop.Generic(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.Idle();
        using var parked = await shop.Api(HttpMethod.Get, "/api/parked");
        Assert.Contains((await Json(parked)).GetProperty("items").EnumerateArray(),
            item => item.GetProperty("reason").GetString()!.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WooCommerce_asking_whether_somebody_is_there_hears_200()
    {
        using var answer = await shop.Http.PostAsync("/webhooks/orders/woo",
            new StringContent("webhook_id=12", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Refusals_give_nothing_away()
    {
        await Refused(404, new HttpRequestMessage(
            HttpMethod.Post, "/webhooks/orders/nobody")
        { Content = new ByteArrayContent(Order) });
        await Refused(404, SendGridPost.Signed(SendGridPost.Batch()));   // no key is configured
        await Refused(401, RunningShop.Shopify(Order, secret: "guess"));
        await Refused(401, RunningShop.Generic(Order, secret: "guess"));
        await Refused(401, new HttpRequestMessage(
            HttpMethod.Post, "/webhooks/orders/shopify")
        { Content = new ByteArrayContent(Order) });
        await Refused(405, new HttpRequestMessage(HttpMethod.Get, "/webhooks/orders/shopify"));
        await Refused(404, new HttpRequestMessage(HttpMethod.Get, "/nothing/here"));
        var topicless = RunningShop.Shopify(Order);
        topicless.Headers.Remove("X-Shopify-Topic");
        await Refused(400, topicless);

        async Task Refused(int status, HttpRequestMessage request)
        {
            using var answer = await shop.Http.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await Json(answer);
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.False(problem.TryGetProperty("detail", out _));
        }
    }

    [Fact]
    public async Task A_body_above_two_megabytes_is_refused_whether_it_says_so_or_not()
    {
        var large = RunningShop.Shopify(new byte[2 * 1024 * 1024 + 1]);
        large.Headers.ExpectContinue = true;
        using var said = await shop.Http.SendAsync(large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, said.StatusCode);
        var request = RunningShop.Shopify(new byte[2 * 1024 * 1024 + 1]);
        request.Headers.TransferEncodingChunked = true;
        using var unsaid = await shop.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unsaid.StatusCode);
        using var fits = await shop.Http.SendAsync(RunningShop.Shopify(new byte[2 * 1024 * 1024], secret: "guess"));
        Assert.Equal(HttpStatusCode.Unauthorized, fits.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic a-key-for-the-tests-of-the-edge")]
    [InlineData("Bearer a-key-for-the-tests-of-the-edgeX")]
    public async Task Without_the_key_nothing_of_the_api_answers(string? authorization)
    {
        foreach (var path in (string[])["/api/customers?email=a@b.jp", "/api/parked"])
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await shop.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task Events_are_taken_one_by_one_or_in_a_batch()
    {
        const string placed =
            """{"specversion":"1.0","id":"o-1","source":"kanri","type":"order.placed","time":"2026-11-03T09:00:"""
            + """00+09:00","data":{"id":"1","number":"#1","currency":"JPY","total":100,"lines":[],"customer":"""
            + """{"email":"one@example.jp"}}}""";
        using var one = await shop.Api(HttpMethod.Post, "/api/events", placed, "application/cloudevents+json");
        Assert.Equal(HttpStatusCode.Accepted, one.StatusCode);
        var other = placed.Replace("o-1", "o-2", StringComparison.Ordinal)
            .Replace("one@", "two@", StringComparison.Ordinal)
            .Replace("\"id\":\"1\"", "\"id\":\"2\"", StringComparison.Ordinal);
        using var batch = await shop.Api(
            HttpMethod.Post, "/api/events", $"[{placed},{other}]", "application/cloudevents-batch+json");
        Assert.Equal(HttpStatusCode.Accepted, batch.StatusCode);
        await shop.Idle();
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=two@example.jp");
        Assert.Single((await Json(found)).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("[]x", 400)]
    [InlineData("\"text\"", 400)]
    [InlineData("""{"id":"1","source":"kanri"}""", 400)]
    [InlineData("""{"id":"1","source":"kanri","type":"order.placed","data":{}}""", 400)]
    [InlineData("""{"id":"1","source":"kanri","type":"customer.late","subject":"email:a@b.jp"}""", 400)]
    [InlineData("""{"id":"1","source":"kanri","type":"review.posted"}""", 400)]
    [InlineData("""{"id":"1","source":"kanri","type":"review.postd","subject":"email:a@b.jp"}""", 400)]
    [InlineData("""{"id":"1","source":"kanri","type":"order.placd","subject":"email:a@b.jp","data":{"id":"1"}}""", 400)]
    public async Task An_event_that_cannot_be_understood_is_refused_with_what_is_wrong(string body, int status)
    {
        using var answer = await shop.Api(HttpMethod.Post, "/api/events", body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotEqual("", (await Json(answer)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_system_may_tell_more_than_the_shop_listens_to()
    {
        using var answer = await shop.Api(HttpMethod.Post, "/api/events",
            """{"id":"1","source":"kanri","type":"never.declared","subject":"email:a@b.jp"}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task An_event_that_is_no_JSON_by_its_own_account_is_refused()
    {
        using var answer = await shop.Api(HttpMethod.Post, "/api/events", "id=1", "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Consent_can_be_recorded_with_its_evidence_and_a_customer_forgotten()
    {
        using var order = await shop.Http.SendAsync(RunningShop.Shopify(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Order).Replace("aoi.sato", "forget.me", StringComparison.Ordinal)
                .Replace("5001", "5009", StringComparison.Ordinal).Replace("7001", "7009", StringComparison.Ordinal))));
        await shop.Idle();
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=forget.me@example.jp");
        var id = (await Json(found)).GetProperty("items")[0].GetProperty("id").GetString();

        using var bare = await shop.Api(
            HttpMethod.Put, $"/api/customers/{id}/consent", """{"channel":"email","state":"given"}""");
        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        using var given = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
            """{"channel":"email","state":"given","evidence":{"form":"店頭"}}""");
        Assert.Equal(
            "given", (await Json(given)).GetProperty("consent").GetProperty("email").GetProperty("state").GetString());

        using var erased = await shop.Api(HttpMethod.Delete, $"/api/customers/{id}");
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        using var gone = await shop.Api(HttpMethod.Get, "/api/customers?email=forget.me@example.jp");
        Assert.Empty((await Json(gone)).GetProperty("items").EnumerateArray());
        using var nobody = await shop.Api(HttpMethod.Delete, "/api/customers/000000000000000000000000");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task A_full_disk_is_not_ready_for_webhooks()
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        var product = shop.Product;
        var ready = new Automation.Functions.Health.Ready(
            product.Get<Tables>(),
            new DataFile(product.Get<Settings>(), product.Get<SqliteDatabase>()) { Least = long.MaxValue },
            product.Get<Refusals>(), product.Get<ShopWatch>(), product.Get<Automation.Functions.Health.Pulse>());
        var answer = Assert.IsType<Refusal>((await ready.Run(http.Request)).Result);
        Assert.Equal(503, answer.Status);
        Assert.True(shop.Product.Get<DataFile>().Room() > 1024 * 1024);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Whoever_asks_for_health_gets_200_also_by_HEAD(string path)
    {
        using var get = await shop.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        using var head = await shop.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        using var post = await shop.Http.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Contains("GET", post.Content.Headers.Allow);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
}
