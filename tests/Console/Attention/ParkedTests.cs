using System.Net;
using System.Text;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;

namespace Automation.Console.Tests.Attention;

/// <summary>What was set aside is looked at, tried again or dropped in the browser.</summary>
public sealed class ParkedTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string Order = """
        { "specversion": "1.0", "id": "e-77", "source": "/till", "type": "order.placed", "time": "2026-11-20T01:00:00Z",
          "subject": "email:hana@example.jp",
          "data": { "id": "77", "number": "#77", "placedAt": "2026-11-20T01:00:00Z", "currency": "JPY", "total": 1296,
            "lines": [ { "productId": "hojicha-takibi", "title": "ほうじ茶", "quantity": 1, "price": 1296 } ],
            "customer": { "email": "hana@example.jp" } } }
        """;

    [Fact]
    public async Task Its_body_is_shown_and_tried_again_it_is_off_the_list_and_done()
    {
        await Park("main", "cloudevents", Order, "the product was mended since");
        using var visitor = await shop.SignedIn();
        var list = await visitor.Open("/console/attention");
        Assert.Contains("the product was mended since", list.Body!.TextContent, StringComparison.Ordinal);
        var row = list.QuerySelectorAll(".rows > li")
            .Single(one => one.TextContent.Contains("mended since", StringComparison.Ordinal));
        var body = await visitor.Open(row.QuerySelector("a.button")!.GetAttribute("href")!);
        Assert.Contains("hana@example.jp", body.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        using var retried = await visitor.Submit(body, "/console/attention/parked/retry");
        Assert.Equal("/console/attention?done=retried", $"{retried.Headers.Location}");
        Assert.DoesNotContain(
            await shop.Product.Get<Parking>().List().ToListAsync(),
            one => one.Reason.Contains("mended", StringComparison.Ordinal));
        while (await shop.Product.Get<CustomerStore>()
            .FindByIdentity(new Identity(Identity.Email, "hana@example.jp")) is null)
            await Task.Yield();
    }

    [Fact]
    public async Task Dropped_it_is_gone_and_a_second_time_says_so()
    {
        await Park("main", "event", "{ broken", "not JSON");
        using var visitor = await shop.SignedIn();
        var list = await visitor.Open("/console/attention");
        var name = (await shop.Product.Get<Parking>().List()
            .ToListAsync()).Single(one => one.Reason == "not JSON").Name;
        using var dropped = await visitor.Submit(list, "/console/attention/parked/drop", new() { ["name"] = name });
        Assert.Equal("/console/attention?done=dropped", $"{dropped.Headers.Location}");
        Assert.Null(await shop.Product.Get<Parking>().Find(name));
        using var again = await visitor.Submit(list, "/console/attention/parked/drop", new() { ["name"] = name });
        Assert.Equal("/console/attention?done=gone", $"{again.Headers.Location}");
    }

    [Fact]
    public async Task Only_an_operator_settles_it()
    {
        await Park("main", "event", "{ broken too", "not JSON either");
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var list = await visitor.Open("/console/attention");
        Assert.Empty(list.QuerySelectorAll("form[action^='/console/attention']"));
        var token = list.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var refused = await visitor.Post(
            "/console/attention/parked/drop", new() { ["token"] = token, ["name"] = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private Task Park(string source, string topic, string body, string reason) => shop.Product.Get<Parking>().Park(
        new Envelope
        {
            Source = source,
            Topic = topic,
            ReceivedAt = DateTimeOffset.UtcNow,
            Body = Encoding.UTF8.GetBytes(body)
        }, reason);
}
