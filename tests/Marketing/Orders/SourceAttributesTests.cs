using System.Text.Json;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Tests.Orders;

public sealed class SourceAttributesTests : IAsyncLifetime
{
    private House house = null!;

    public async Task InitializeAsync()
    {
        house = await House.Open();
        house.Shop = house.Shop with
        {
            Attributes = new Dictionary<string, string>
            {
                ["birthday"] = "date",
                ["visits"] = "number",
                ["giftWrap"] = "flag",
                ["teas"] = "list",
                ["favorite"] = "text",
            },
            AttributePlaces = new Dictionary<string, string>
            {
                ["metafield:facts.birth_date"] = "birthday",
                ["note:お誕生日"] = "birthday",
                ["meta:_birthday"] = "birthday",
                ["meta:visits"] = "visits",
                ["metafield:custom.teas"] = "teas",
                ["note:gift"] = "giftWrap",
                ["note:favorite"] = "favorite",
                ["attribute:visit_count"] = "visits",
            },
            Events = ["review.posted"],
            EventData = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["review.posted"] = new Dictionary<string, string>
                {
                    ["stars"] = "number",
                    ["products"] = "list",
                    ["on"] = "date",
                },
            },
        };
    }

    public Task DisposeAsync() => house.DisposeAsync().AsTask();

    [Fact]
    public async Task Shopify_s_metafields_become_attributes_of_their_types()
    {
        await house.Deliver("customers/update", """
            {"id":7001,"email":"a@example.jp","updated_at":"2026-11-20T09:00:00+09:00","metafields":[
              {"namespace":"facts","key":"birth_date","value":"1990-05-03","type":"date"},
              {"namespace":"custom","key":"teas","value":"[\"煎茶\",\"ほうじ茶\"]","type":"list.single_line_text_field"},
              {"namespace":"other","key":"birth_date","value":"2000-01-01"}]}
            """);

        var attributes = (await house.Customer("email:a@example.jp")).Attributes;
        Assert.Equal("1990-05-03", attributes["birthday"].GetString());
        Assert.Equal(["煎茶", "ほうじ茶"], attributes["teas"].EnumerateArray().Select(tea => tea.GetString()));
        Assert.Equal(2, attributes.Count);
    }

    [Theory]
    [InlineData("1990/5/3", "1990-05-03")]
    [InlineData("1990年5月3日", "1990-05-03")]
    [InlineData("19900503", "1990-05-03")]
    public async Task What_is_typed_at_the_checkout_is_read_as_people_type_it(string typed, string birthday)
    {
        await Order("o-1", 7002, "b@example.jp", $$"""
            {"name":"お誕生日","value":"{{typed}}"},{"name":"gift","value":"はい"}
            """);

        var attributes = (await house.Customer("email:b@example.jp")).Attributes;
        Assert.Equal(birthday, attributes["birthday"].GetString());
        Assert.True(attributes["giftWrap"].GetBoolean());
    }

    [Fact]
    public async Task What_is_of_another_type_is_listed_without_being_told_and_the_order_counts()
    {
        await Order("o-1", 7003, "c@example.jp", """{"name":"お誕生日","value":"3.5.1990"}""");
        await Order("o-2", 7003, "c@example.jp", """{"name":"お誕生日","value":"4.5.1990"}""");

        Assert.Empty((await house.Customer("email:c@example.jp")).Attributes);
        Assert.Equal(2, (await house.Customer("email:c@example.jp")).Orders.Latest.Count);
        Assert.Equal(
            "source shopify, note:お誕生日: the attribute birthday is a date, not \"9.9.9999\" (1×)",
            Assert.Single(await Listed()).Reason);

        house.Clock.Now = house.Clock.Now.AddMinutes(11);
        await Order("o-3", 7003, "c@example.jp", """{"name":"お誕生日","value":"5.5.1990"}""");
        Assert.Contains("(3×)", Assert.Single(await Listed()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_fills_what_is_not_known_and_changes_nothing()
    {
        await house.Deliver("customers/update", """
            {"id":7004,"email":"d@example.jp","updated_at":"2026-11-20T09:00:00+09:00","metafields":[
              {"namespace":"facts","key":"birth_date","value":"1990-05-03"}]}
            """);
        await Order("o-1", null, "d@example.jp",
            """{"name":"お誕生日","value":"2001-01-01"},{"name":"favorite","value":"ほうじ茶"}""");

        var attributes = (await house.Customer("email:d@example.jp")).Attributes;
        Assert.Equal("1990-05-03", attributes["birthday"].GetString());
        Assert.Equal("ほうじ茶", attributes["favorite"].GetString());
    }

    [Fact]
    public async Task A_link_typed_at_the_checkout_gets_into_no_mail()
    {
        await Order("o-1", null, "e@example.jp", """{"name":"favorite","value":"see evil.example.com"}""");

        Assert.Empty((await house.Customer("email:e@example.jp")).Attributes);
        Assert.Contains("a link", Assert.Single(await Listed()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WooCommerce_s_meta_keys_become_attributes()
    {
        await house.Deliver("customer.updated", """
            {"id":25,"email":"f@example.jp","date_modified_gmt":"2026-11-20T00:00:00","first_name":"葵","meta_data":[
              {"id":1,"key":"_birthday","value":"19900503"},{"id":2,"key":"visits","value":"12"}]}
            """, Fixtures.WooCommerce);

        var attributes = (await house.Customer("email:f@example.jp")).Attributes;
        Assert.Equal("1990-05-03", attributes["birthday"].GetString());
        Assert.Equal(12, attributes["visits"].GetInt32());
    }

    [Fact]
    public async Task Generic_attributes_come_by_their_names_and_null_takes_one_away()
    {
        await Generic("1", "customer.updated", "2026-11-20T09:00:00Z",
            """{"id":"9","email":"g@example.jp","attributes":{"favorite":"煎茶","visit_count":3,"giftWrap":true}}""");
        await Generic("2", "customer.updated", "2026-11-21T09:00:00Z",
            """{"id":"9","attributes":{"favorite":null,"favourit":"x","visits":"many"}}""");

        var attributes = (await house.Customer("till:9")).Attributes;
        Assert.Equal(["giftWrap", "visits"], attributes.Keys.Order());
        Assert.Equal(3, attributes["visits"].GetInt32());
        Assert.Equal(
            [
                "source till, attribute:favourit: shop.json declares no attribute favourit "
                    + "(did you mean favorite?) (1×)",
                "source till, attribute:visits: the attribute visits is a number, not \"aaaa\" (1×)",
            ],
            (await Listed()).Select(entry => entry.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_older_telling_fills_and_changes_nothing()
    {
        await Generic("1", "customer.updated", "2026-11-20T09:00:00Z",
            """{"id":"9","email":"h@example.jp","attributes":{"visits":5}}""");
        await Generic("2", "customer.updated", "2026-11-19T09:00:00Z",
            """{"id":"9","attributes":{"visits":4,"favorite":"煎茶"}}""");

        var attributes = (await house.Customer("till:9")).Attributes;
        Assert.Equal(5, attributes["visits"].GetInt32());
        Assert.Equal("煎茶", attributes["favorite"].GetString());
    }

    [Fact]
    public async Task What_an_event_carries_has_its_declared_types_and_what_has_not_is_listed()
    {
        await Generic("1", "customer.created", "2026-11-20T09:00:00Z", """{"id":"9","email":"i@example.jp"}""");
        await Generic("2", "review.posted", "2026-11-20T10:00:00Z",
            """{"stars":"5","products":["a","b"],"on":"soon","else":[1]}""", "till:9");

        var data = house.Heard[^1].Data!;
        Assert.Equal(5, data["stars"].GetInt32());
        Assert.Equal(["a", "b"], data["products"].EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("[1]", data["else"].GetRawText());
        Assert.False(data.ContainsKey("on"));
        Assert.Equal(
            "source till, review.posted: event.on is a date, not \"aaaa\" (1×)", Assert.Single(await Listed()).Reason);
    }

    [Fact]
    public async Task A_change_by_hand_sets_takes_away_and_says_so_once()
    {
        await Generic("1", "customer.created", "2026-11-20T09:00:00Z",
            """{"id":"9","email":"j@example.jp","tags":["new"],"attributes":{"visits":5}}""");
        var customer = await house.Customer("till:9");
        house.Heard.Clear();

        var changed = await house.Get<CustomerChanges>().Make(customer.Id, Patch("""
            {"attributes":{"visits":null,"birthday":"1990-05-03"},"addTags":["VIP"],"removeTags":["new"],
             "language":"en","timeZone":"Europe/Berlin"}
            """)!);

        Assert.Equal(["birthday"], changed!.Attributes.Keys);
        Assert.Equal(["VIP"], changed.Tags);
        Assert.Equal("en", changed.Language);
        Assert.Equal("Europe/Berlin", changed.TimeZone);
        Assert.Equal(EventTypes.CustomerUpdated, Assert.Single(house.Heard).Type);
        Assert.Equal([], (await house.Get<CustomerChanges>().Make(customer.Id, Patch("""{"tags":[]}""")!))!.Tags);
    }

    [Theory]
    [InlineData("""{"attributes":{"birthday":"soon"}}""",
        "the attribute birthday is a date (\"2026-11-25\"), not a text")]
    [InlineData("""{"attributes":{"birthdai":"1990-05-03"}}""",
        "unknown attribute \"birthdai\" (shop.json declares them)")]
    [InlineData("""{"consent":{"email":"given"}}""",
        "consent is told by PUT /api/customers/{id}/consent, with its evidence")]
    [InlineData("""{"email":"x@example.jp"}""", "the change has no \"email\"")]
    [InlineData("""{"tags":["a"],"addTags":["b"]}""",
        "either \"tags\" (all of them) or \"addTags\" and \"removeTags\"")]
    [InlineData("""{"timeZone":"Asia/Tokio"}""",
        "\"Asia/Tokio\" is not an IANA time zone; zones read \"Asia/Tokyo\"")]
    [InlineData("{}", "this changes nothing")]
    public void A_mistake_in_a_change_is_refused_with_its_place(string body, string message)
    {
        var (patch, problems) = CustomerPatch.Read(System.Text.Encoding.UTF8.GetBytes(body), house.Shop);

        Assert.Null(patch);
        Assert.Equal(message, Assert.Single(problems).Message);
    }

    private CustomerPatch? Patch(string json) =>
        CustomerPatch.Read(System.Text.Encoding.UTF8.GetBytes(json), house.Shop).Patch;

    private Task<IReadOnlyList<AttentionEntry>> Listed() => house.Get<AttentionList>().First(100, default);

    private Task Generic(string id, string type, string time, string data, string? subject = null) =>
        house.Deliver("cloudevents", $$"""
            {"specversion":"1.0","id":"{{id}}","source":"x","type":"{{type}}","time":"{{time}}",
             "subject":{{JsonSerializer.Serialize(subject)}},"data":{{data}}}
            """, Fixtures.Generic);

    private Task Order(string id, int? account, string email, string notes) => house.Deliver("orders/create", $$"""
        {"id":"{{id}}","name":"#{{id}}","email":"{{email}}","created_at":"2026-11-21T09:00:00+09:00",
         "updated_at":"2026-11-21T09:00:00+09:00","currency":"JPY","total_price":"1000","note_attributes":[{{notes}}],
         "customer":{{(account is { } known ? $$"""{"id":{{known}},"email":"{{email}}"}""" : "null")}},"line_items":[]}
        """);
}
