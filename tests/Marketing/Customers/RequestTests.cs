using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

public sealed class RequestTests
{
    private const string Shop = """{"shop_id":954889,"shop_domain":"tsukinagi.myshopify.com"}""";

    [Fact]
    public async Task A_request_for_disclosure_waits_until_it_is_answered_and_told_again_stays_answered()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        const string asks =
            """{"shop_domain":"tea.myshopify.com","orders_requested":[],"customer":{"id":7001"""
            + ""","email":"hanako@example.jp"},"data_request":{"id":9999}}""";
        await house.Deliver("customers/data_request", asks);
        var requests = new Requests(house.Tables, house.Clock);
        var request = Assert.Single(await requests.List().ToListAsync());
        var id = (await house.Customer("shopify:7001")).Id;
        Assert.Equal(RequestKind.Disclosure, request.Kind);
        Assert.Equal("shopify", request.Source);
        Assert.Equal("9999", request.Id);
        Assert.Equal(id, request.Customer!.Value);
        Assert.Null(request.AnsweredAt);
        await Traces.Leave(house, id);

        var disclosed = (await house.Get<Disclosure>().Of(id))!;
        Assert.Equal("佐藤", disclosed.Customer.FamilyName);
        Assert.Equal(2, disclosed.Parked.Count);

        await requests.Answered(request);
        await house.Deliver("customers/data_request", asks);
        Assert.Equal(house.Clock.Now, Assert.Single(await requests.List().ToListAsync()).AnsweredAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_shop_is_forgotten_only_once_confirmed_and_killed_anywhere_to_the_end(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        await house.Deliver("customers/create", """{"id":41,"email":"both@example.jp","first_name":"次郎"}""");
        await house.Deliver("customers/create", """{"id":77,"email":"both@example.jp"}""",
            new SourceSettings("other", Platform.Shopify, "hush"));
        await house.Deliver("shop/redact", Shop);
        var requests = new Requests(house.Tables, house.Clock);
        var shops = house.Get<ShopErasure>();
        Assert.Equal(0, await shops.Run(default));
        var request = Assert.Single(await requests.List().ToListAsync());
        Assert.Equal("tsukinagi.myshopify.com", request.Shop);
        await requests.Confirmed(request);

        house.Storage.Reset();
        await crash.During(house.Storage, () => shops.Run(default));
        if (crash.Killed)
        {
            await house.Get<Erasure>().Finish();
            await shops.Run(default);
        }
        house.Storage.Reset();
        var left = await Traces.Everything(house.Tables);
        Assert.DoesNotContain(left, text => text.Contains("hanako", StringComparison.OrdinalIgnoreCase)
            || text.Contains("煎茶", StringComparison.Ordinal));
        var both = await house.Customer("other:77");
        Assert.Equal("both@example.jp", both.Email);
        Assert.DoesNotContain("shopify:41", both.Identities);
        Assert.NotNull(Assert.Single(await requests.List().ToListAsync()).AnsweredAt);

        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        Assert.Empty((await house.Customer("shopify:7001")).Suppressed);
    }, step: 41);
}
