using Automation.Marketing.Customers;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

public sealed class DeskTests
{
    [Fact]
    public async Task An_order_makes_a_customer_with_profile_and_facts_and_is_placed_once()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        await house.Deliver("orders/updated", Webhooks.Order("1001", 1));

        Assert.Equal(
            ["shopify:1001:placed"], house.Heard.Where(e => e.Type != EventTypes.CustomerCreated).Select(e => e.Id));
        var (_, customer, order, isNew) = house.Seen[0];
        Assert.True(isNew);
        Assert.Equal("shopify:1001", order!.Key);
        Assert.Equal("佐藤", customer.FamilyName);
        Assert.Equal("花子", customer.GivenName);
        Assert.Equal("hanako@example.jp", customer.Email);
        Assert.Equal("+819012345678", customer.Phone);
        Assert.Equal("ja", customer.Language);
        Assert.Equal(1, Facts.Count(customer.Orders));
        Assert.Equal(3000m, Facts.Total(customer.Orders));
        Assert.Equal(["shopify:501", "shopify:502"], Facts.Products(customer.Orders));
        Assert.Equal(customer.Id, (await house.Customer("shopify:7001")).Id);
        Assert.Equal(customer.Id, (await house.Customer("email:hanako@example.jp")).Id);
        Assert.Equal("煎茶", (await house.Get<Products>().Find("shopify:501"))!.Title);
    }

    [Fact]
    public async Task Refunds_and_cancellations_correct_the_facts_and_returned_products_are_known()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/paid", Webhooks.Order("1001", 0, "paid"));
        await house.Deliver("refunds/create", Webhooks.Refund("1001"));
        var customer = await house.Customer("email:hanako@example.jp");
        Assert.Equal(2000m, Facts.Total(customer.Orders));
        Assert.Equal(1, Facts.Count(customer.Orders));
        Assert.Equal(["shopify:501"], Facts.Returned(customer.Orders));
        Assert.Equal(["shopify:502"], Facts.Products(customer.Orders));

        await house.Deliver("orders/cancelled", Webhooks.Order("1001", 9, "refunded", cancelledAt: Webhooks.At(9)));
        customer = await house.Customer("email:hanako@example.jp");
        Assert.Equal(0m, Facts.Total(customer.Orders));
        Assert.Equal(0, Facts.Count(customer.Orders));
        Assert.Equal(["order.placed", "customer.created", "order.paid", "order.refunded", "order.cancelled"],
            house.Heard.Select(e => e.Type));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_old_order_is_refunded_and_cancelled_once_at_the_cost_of_one_of_today_killed_at_any_write(
        bool after)
    {
        await using var house = await House.Open();
        for (var n = 0; n < OrderFacts.Kept + 5; n++)
            await house.Deliver("orders/create", Webhooks.Order($"{2000 + n}", 0, placed: Fixtures.Now.AddDays(n - 500)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
        var (count, total) = (OrderFacts.Kept + 5, 3000m * (OrderFacts.Kept + 5));
        Assert.Equal((count, total), await Facts());

        var recent = await Operations("refunds/create", Webhooks.Refund("2400"));
        Assert.Equal(recent, await Operations("refunds/create", Webhooks.Refund("2000")));
        Assert.Equal((count, total - 2000), await Facts());
        for (var kill = 0; kill < 4; kill++)
        {
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (kill, after);
            var body = Webhooks.Order(
                $"{2001 + kill}", 9, "refunded", cancelledAt: Webhooks.At(9), placed: "2025-01-01T00:00:00Z");
            try { await house.Deliver("orders/cancelled", body); }
            catch (KilledException) { house.Storage.Reset(); }
            await house.Deliver("orders/cancelled", body);
            await house.Deliver("orders/cancelled", body);
            Assert.Equal((count -= 1, total - 2000 - 3000 * (kill + 1)), await Facts());
        }

        async Task<(int, decimal)> Facts()
        {
            var orders = (await house.Customer("email:hanako@example.jp")).Orders;
            return (Marketing.Customers.Facts.Count(orders), Marketing.Customers.Facts.Total(orders));
        }

        async Task<string> Operations(string topic, string body)
        {
            house.Storage.Reset();
            await house.Deliver(topic, body);
            return string.Join(", ", house.Storage.Operations);
        }
    }

    [Fact]
    public async Task An_order_of_nobody_is_kept_and_says_nothing()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, customer: "null", email: "").Replace(
            "090-1234-5678", "", StringComparison.Ordinal));
        Assert.Empty(house.Heard);
        Assert.Null((await house.Orders.Find("shopify", "1001"))!.Value.Customer);
        Assert.Equal(0, await House.Count(house.Tables.Customers));
    }

    [Fact]
    public async Task A_guests_order_belongs_to_the_customer_of_the_same_address()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        await house.Deliver("orders/create", Webhooks.Order("1002", 0, customer: "null", email: " HANAKO@example.jp "));
        Assert.Equal(2, Facts.Count((await house.Customer("shopify:7001")).Orders));
        Assert.Equal(1, await House.Count(house.Tables.Customers));
    }

    [Fact]
    public async Task Two_spouses_with_one_phone_stay_two_customers()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        await house.Deliver(
            "orders/create", Webhooks.Order("1002", 0, customer: """{"id":7002,"email":"taro@example.jp"}"""));
        Assert.NotEqual(
            (await house.Customer("email:taro@example.jp")).Id, (await house.Customer("email:hanako@example.jp")).Id);
    }

    [Fact]
    public async Task Test_orders_leave_nothing_behind_in_production()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, more: ",\"test\":true"),
            new("shopify", Platform.Shopify, "hush"));
        Assert.Empty(house.Heard);
        Assert.Null(await house.Orders.Find("shopify", "1001"));
        Assert.Equal(0, await House.Count(house.Tables.Customers));
    }

    [Fact]
    public async Task An_imported_order_counts_but_says_nothing_now_or_later()
    {
        await using var house = await House.Open();
        var seen = (SourceEvent.OrderUpserted)Assert.Single(Dialects.Read(Fixtures.Shopify, Fixtures.Envelope(Fixtures
            .Shopify, "orders/updated", System.Text.Encoding.UTF8.GetBytes(Webhooks.Order("1001", 0, "paid")))));
        await house.Get<ToldOrders>().Import(seen.Order, seen.Buyer);
        await house.Get<ToldOrders>().Import(seen.Order, seen.Buyer);
        Assert.Equal(1, Facts.Count((await house.Customer("email:hanako@example.jp")).Orders));
        await house.Deliver("orders/fulfilled", Webhooks.Order("1001", 5, "paid", "fulfilled"));
        Assert.Equal(["order.fulfilled"], house.Heard.Select(e => e.Type));
    }

    [Fact]
    public async Task WooCommerces_states_become_happenings()
    {
        await using var house = await House.Open();
        await house.Deliver("order.created", System.Text.Encoding.UTF8.GetString(
            Fixtures.Bytes("woocommerce/order_created.docs.json")), Fixtures.WooCommerce);
        await house.Deliver("order.updated", System.Text.Encoding.UTF8.GetString(
            Fixtures.Bytes("woocommerce/order_updated_completed.docs.json")), Fixtures.WooCommerce);
        await house.Deliver("order.deleted", System.Text.Encoding.UTF8.GetString(
            Fixtures.Bytes("woocommerce/derived/order_deleted.json")), Fixtures.WooCommerce);
        Assert.Equal(["order.placed", "customer.created", "order.paid", "order.fulfilled", "order.cancelled"],
            house.Heard.Select(e => e.Type));
        Assert.Equal("Ship Your Idea – Color: Black, Size: M Test",
            (await house.Orders.Find("woo", "727"))!.Value.Lines[1].Title);
    }

    [Fact]
    public async Task A_failed_payment_that_goes_through_later_revives_the_order()
    {
        await using var house = await House.Open();
        string Woo(string status, int minute) =>
            $$"""{"id":5,"status":"{{status}}","currency":"JPY","total":"5800","date_created_gmt":"2026-11-20T01:"""
            + $$"""00:00","date_modified_gmt":"{{Webhooks.At(minute).TrimEnd('Z')}}","customer_id":0,"billing":"""
            + $$"""{"email":"a@example.jp","country":"JP"},"line_items":[]}""";
        await house.Deliver("order.created", Woo("pending", 0), Fixtures.WooCommerce);
        await house.Deliver("order.updated", Woo("failed", 1), Fixtures.WooCommerce);
        await house.Deliver("order.updated", Woo("processing", 2), Fixtures.WooCommerce);
        await house.Deliver("order.updated", Woo("failed", 1), Fixtures.WooCommerce);
        var customer = await house.Customer("email:a@example.jp");
        Assert.Equal(1, Facts.Count(customer.Orders));
        Assert.Equal(5800m, Facts.Total(customer.Orders));
        Assert.Equal(["order.placed", "customer.created", "order.paid"], house.Heard.Select(e => e.Type));
    }

    [Fact]
    public async Task Ticking_the_box_at_the_checkout_is_consent_and_leaving_it_empty_withdraws_nothing()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, accepts: true));
        await house.Deliver("orders/create", Webhooks.Order("1002", 5, accepts: false, placed: Webhooks.At(5)));
        var customer = await house.Customer("email:hanako@example.jp");
        Assert.Equal(ConsentState.Given, customer.Consent["email"].State);
        Assert.Equal("checkout", customer.Consent["email"].How);
        Assert.Equal([("email", customer.Consent["email"])], await house.Consents.History(customer.Id));
        Assert.Single(house.Heard, e => e.Type == EventTypes.ConsentGiven);
    }

    [Fact]
    public async Task An_order_of_last_week_does_not_undo_todays_unsubscribe()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var customer = await house.Customer("email:hanako@example.jp");
        await house.Consents.Record(customer.Id, "email", new(ConsentState.Withdrawn, Fixtures.Now, "one-click"));
        await house.Deliver("orders/create", Webhooks.Order("1002", 5, accepts: true));
        Assert.Equal(ConsentState.Withdrawn, (await house.Customer("email:hanako@example.jp")).Consent["email"].State);
        Assert.Equal(2, (await house.Consents.History(customer.Id)).Count);
    }

    [Fact]
    public async Task Shopifys_consent_webhook_is_heard_also_before_any_order()
    {
        await using var house = await House.Open();
        string Consent(string state, int minute) =>
            $$$"""
            {"customer_id":7001,"email_address":"hanako@example.jp","email_marketing_consent":{"state":"{{{state}}}",
             "opt_in_level":"confirmed_opt_in","consent_updated_at":"{{{Webhooks.At(minute)}}}"}}
            """;
        const string topic = "customers_email_marketing_consent/update";
        await house.Deliver(topic, Consent("subscribed", 0));
        await house.Deliver(topic, Consent("unsubscribed", 9));
        await house.Deliver(topic, Consent("subscribed", 0));
        Assert.Equal(ConsentState.Withdrawn, (await house.Customer("shopify:7001")).Consent["email"].State);
        Assert.Equal(["consent.given", "consent.withdrawn"], house.Heard.Select(e => e.Type));
    }

    [Fact]
    public async Task Consent_to_sms_is_a_consent_of_its_own_and_ends_no_journey()
    {
        await using var house = await House.Open();
        string Consent(string state, int minute) =>
            $$$"""
            {"id":7001,"phone":"+819012345678","sms_marketing_consent":{"state":"{{{state}}}",
             "opt_in_level":"single_opt_in","consent_updated_at":"{{{Webhooks.At(minute)}}}"}}
            """;
        await house.Deliver("customers_marketing_consent/update", Consent("subscribed", 0));
        await house.Deliver("customers_marketing_consent/update", Consent("unsubscribed", 5));
        var customer = await house.Customer("shopify:7001");
        Assert.Equal(ConsentState.Withdrawn, customer.Consent["sms"].State);
        Assert.Equal("+819012345678", customer.Phone);
        Assert.False(customer.Consent.ContainsKey("email"));
        Assert.Equal([ConsentState.Given, ConsentState.Withdrawn],
            (await house.Consents.History(customer.Id)).Select(entry => entry.Said.State));
        Assert.DoesNotContain(house.Heard, happened => happened.Type.StartsWith("consent.", StringComparison.Ordinal));
        // The phone may be a family's: it makes nobody the same person.
        Assert.Equal(["shopify:7001"], customer.Identities);
    }

    [Theory]
    [InlineData("completed", true)]
    [InlineData("in_progress", false)]
    public async Task Accounts_merged_at_shopify_are_one_customer_here(string status, bool one)
    {
        await using var house = await House.Open();
        string Consent(int id, string email) =>
            $$$"""{"customer_id":{{{id}}},"email_address":"{{{email}}}","email_marketing_consent":"""
            + $$$"""{"state":"subscribed","consent_updated_at":"{{{Webhooks.At(0)}}}"}}""";
        await house.Deliver("customers_email_marketing_consent/update", Consent(1, "kept@example.jp"));
        await house.Deliver("customers_email_marketing_consent/update", Consent(2, "gone@example.jp"));
        for (var n = 0; n < 2; n++)
            await house.Deliver("customers/merge",
                $$$"""{"admin_graphql_api_customer_kept_id":"gid:"""
                + $$$"""//shopify/Customer/1","admin_graphql_api_customer_deleted_id":"gid:"""
                + $$$"""//shopify/Customer/2","status":"{{{status}}}","errors":[]}""");
        var (kept, gone) = (await house.Customer("shopify:1"), await house.Customer("email:gone@example.jp"));
        Assert.Equal(one, kept.Id == gone.Id);
        // An account nobody here knows makes nobody known.
        await house.Deliver("customers/merge",
            """{"admin_graphql_api_customer_kept_id":"gid:"""
            + """//shopify/Customer/8","admin_graphql_api_customer_deleted_id":"gid:"""
            + """//shopify/Customer/9","status":"completed"}""");
        Assert.Null(await house.Customers.FindByIdentity(new Identity("shopify", "8")));
    }

    [Fact]
    public async Task Torn_bodies_say_where_they_break()
    {
        await using var house = await House.Open();
        var error = await Assert.ThrowsAsync<UnreadableException>(
            () => house.Deliver("orders/create", "{\n\"id\": 12,\n\"name\": \"#1"));
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        foreach (var body in (string[])["", "[]", "null", "12", "\"x\""])
            await Assert.ThrowsAsync<UnreadableException>(() => house.Deliver("orders/create", body));
    }
}
