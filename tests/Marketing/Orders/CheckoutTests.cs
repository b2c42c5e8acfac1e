using System.Text;
using System.Text.Json.Nodes;
using Automation.Marketing.Intake;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Tests.Orders;

public sealed class CheckoutTests : IAsyncLifetime
{
    private House house = null!;

    public async Task InitializeAsync() => house = await House.Open();

    public Task DisposeAsync() => house.DisposeAsync().AsTask();

    [Fact]
    public async Task A_checkout_is_started_once_and_abandoned_once_after_its_quiet_time()
    {
        await Told("checkouts/create", minute: 0);
        await Told("checkouts/update", minute: 5);
        await Pass(50);   // 55 minutes after the latest word
        Assert.Equal([EventTypes.CheckoutStarted, EventTypes.CustomerCreated], Happened());

        await Pass(11);
        await Pass(1);
        await Told("checkouts/update", minute: 70);
        await Pass(90);

        var abandoned = Assert.Single(house.Heard, one => one.Type == EventTypes.CheckoutAbandoned);
        Assert.Equal("shopify:checkout:35550298931313:abandoned", abandoned.Id);
        Assert.Equal("600.00", abandoned.Data!["total"].GetRawText());
        Assert.Equal("[\"The Collection Snowboard: Hydrogen\"]", abandoned.Data["titles"].GetRawText());
        Assert.Equal("[\"shopify:7234590408817\"]", abandoned.Data["products"].GetRawText());
        Assert.StartsWith("https://pixel-testing-rs.myshopify.com/", abandoned.Data["url"].GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10 minutes", 10)]
    [InlineData("3 hours", 180)]
    [InlineData("2 days", 2880)]
    public async Task How_long_is_quiet_stands_in_shop_json(string written, int minutes)
    {
        house.Shop = house.Shop with { AbandonedAfter = Quiet(written).Shop!.AbandonedAfter };
        await Told("checkouts/create", minute: 0);
        await Pass(minutes - 1);
        Assert.DoesNotContain(EventTypes.CheckoutAbandoned, Happened());

        await Pass(6);
        Assert.Contains(EventTypes.CheckoutAbandoned, Happened());
    }

    [Theory, InlineData("9 minutes"), InlineData("3 days")]
    public void A_quiet_time_too_short_or_too_long_is_refused(string written) => Assert.Equal(
        "\"abandonedAfter\" must be from 10 minutes to 2 days", Assert.Single(Quiet(written).Problems).Message);

    private static (ShopSettings? Shop, IReadOnlyList<Problem> Problems) Quiet(string written) => ShopReader.Read(
        "shop.json", Encoding.UTF8.GetBytes($$"""
            { "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" },
              "timeZone": "Asia/Tokyo", "checkouts": { "abandonedAfter": "{{written}}" } }
            """));

    [Fact]
    public async Task Without_an_address_nobody_is_made_a_customer()
    {
        await house.Deliver("checkouts/create", Encoding.UTF8.GetString(
            Fixtures.Bytes("shopify/checkouts_create.real-no-email.json")));

        Assert.Empty(house.Heard);
        Assert.Equal(0, await House.Count(house.Tables.Customers));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Whoever_has_ordered_is_not_asked_to_come_back(bool orderFirst)
    {
        if (orderFirst) await Order();
        await Told("checkouts/create", minute: 0);
        if (!orderFirst) await Order();
        await Pass(120);

        Assert.DoesNotContain(EventTypes.CheckoutAbandoned, Happened());
        Assert.Equal(!orderFirst, Happened().Contains(EventTypes.CheckoutStarted));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_completed_checkout_is_over_whichever_word_comes_first(bool completedFirst)
    {
        if (completedFirst) await Told("checkouts/update", minute: 5, completed: true);
        await Told("checkouts/create", minute: 0);
        if (!completedFirst) await Told("checkouts/update", minute: 5, completed: true);
        await Pass(120);

        Assert.DoesNotContain(EventTypes.CheckoutAbandoned, Happened());
    }

    [Fact]
    public async Task A_deleted_checkout_is_over()
    {
        await Told("checkouts/create", minute: 0);
        await house.Deliver("checkouts/delete", """{"id":35550298931313}""");
        await Pass(120);

        Assert.DoesNotContain(EventTypes.CheckoutAbandoned, Happened());
    }

    [Fact]
    public async Task A_kill_before_the_row_says_the_same_event_again_and_no_other()
    {
        await Told("checkouts/create", minute: 0);
        house.Clock.Now = house.Clock.Now.AddMinutes(61);
        house.Storage.Reset();
        house.Storage.KillAtWrite = 0;
        await Assert.ThrowsAsync<KilledException>(() => house.Get<Checkouts>().Run(default));
        house.Storage.Reset();
        await house.Get<Checkouts>().Run(default);
        await house.Get<Checkouts>().Run(default);

        var abandoned = house.Heard.Where(one => one.Type == EventTypes.CheckoutAbandoned).ToList();
        Assert.Equal(2, abandoned.Count);
        Assert.Single(abandoned.Select(one => one.Id).Distinct());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Killed_at_any_write_and_told_again_each_event_is_said_under_one_id(bool after)
    {
        for (var kill = 0; kill < 12; kill++)
        {
            await using var mine = await House.Open();
            (mine.Storage.KillAtWrite, mine.Storage.KillAfter) = (kill, after);
            for (var n = 0; n < 2; n++)
            {
                await Survive(() => mine.Deliver("checkouts/create", Body(0, completed: false)));
                await Survive(() => mine.Deliver("checkouts/update", Body(5, completed: false)));
            }
            mine.Clock.Now = mine.Clock.Now.AddMinutes(70);
            for (var n = 0; n < 3; n++) await Survive(() => mine.Get<Checkouts>().Run(default));

            Assert.Equal(
                ["shopify:checkout:35550298931313:abandoned", "shopify:checkout:35550298931313:started"],
                mine.Heard.Where(one => one.Type.StartsWith("checkout.", StringComparison.Ordinal))
                    .Select(one => one.Id).Distinct().Order(StringComparer.Ordinal));
        }

        static async Task Survive(Func<Task> act)
        {
            try { await act(); }
            catch (KilledException) { }
        }
    }

    [Fact]
    public async Task A_box_ticked_at_a_checkout_is_no_consent()
    {
        await Told("checkouts/create", minute: 0);

        Assert.Empty((await house.Customer("email:aoi@example.jp")).Consent);
    }

    [Fact]
    public async Task An_erasure_takes_the_checkouts_with_it()
    {
        await Told("checkouts/create", minute: 0);
        await house.Get<Erasure>().Erase((await house.Customer("email:aoi@example.jp")).Id);
        house.Heard.Clear();
        await Pass(120);

        Assert.Empty(house.Heard);
        Assert.Equal(0, await House.Count(house.Tables.Events));
    }

    [Fact]
    public async Task A_generic_source_tells_checkouts_in_our_words()
    {
        await house.Deliver("cloudevents", """
            {"specversion":"1.0","id":"1","source":"x","type":"checkout.started","time":"2026-11-22T08:59:00Z",
             "data":{"id":"c-1","url":"https://shop.example/c/1","total":1296,"currency":"JPY",
              "lines":[{"productId":"sencha","title":"煎茶","quantity":2,"price":648}],
              "customer":{"id":"7","email":"b@example.jp"}}}
            """, Fixtures.Generic);
        await Pass(61);

        var abandoned = house.Heard[^1];
        Assert.Equal(EventTypes.CheckoutAbandoned, abandoned.Type);
        Assert.Equal("[\"till:sencha\"]", abandoned.Data!["products"].GetRawText());
    }

    [Theory]
    [InlineData("orders/create")]
    [InlineData("orders/delete")]
    [InlineData("customers/update")]
    public async Task A_captured_checkout_cannot_be_replayed_as_something_else(string topic) =>
        await Assert.ThrowsAsync<Files.UnreadableException>(() => house.Deliver(topic, Body(0, completed: false)));

    private IEnumerable<string> Happened() => house.Heard.Select(one => one.Type);

    private async Task Pass(int minutes)
    {
        house.Clock.Now = house.Clock.Now.AddMinutes(minutes);
        await house.Get<Checkouts>().Run(default);
    }

    private Task Told(string topic, int minute, bool completed = false)
    {
        house.Clock.Now = house.Clock.Now > Fixtures.Now.AddMinutes(minute)
            ? house.Clock.Now
            : Fixtures.Now.AddMinutes(minute);
        return house.Deliver(topic, Body(minute, completed));
    }

    private Task Order() => house.Deliver("orders/create", """
        {"id":5001,"name":"#1001","email":"aoi@example.jp","created_at":"2026-11-22T09:02:00Z",
         "updated_at":"2026-11-22T09:02:00Z","currency":"USD","total_price":"600.00","customer":null,"line_items":[]}
        """);

    private static string Body(int minute, bool completed)
    {
        var body = JsonNode.Parse(Fixtures.Bytes("shopify/checkouts_create.real-no-email.json"))!;
        body["email"] = "aoi@example.jp";
        body["buyer_accepts_marketing"] = true;
        body["created_at"] = "2026-11-22T09:00:00Z";
        body["updated_at"] = Fixtures.Now.AddMinutes(minute).ToString("O");
        if (completed) body["completed_at"] = Fixtures.Now.AddMinutes(minute).ToString("O");
        return body.ToJsonString();
    }
}
