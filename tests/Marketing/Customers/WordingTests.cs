using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

/// <summary>What strangers typed is said by the shop: it must be a name, or a title, and nothing else.</summary>
public sealed class WordingTests
{
    [Theory]
    [InlineData("佐藤", "佐藤")]
    [InlineData("  O'Brien-Smith ", "O'Brien-Smith")]
    [InlineData("J.R. Smith", "J.R. Smith")]
    [InlineData("van der Berg, Ph.D.", "van der Berg, Ph.D.")]
    [InlineData("高木 健", "高木 健")]
    [InlineData("María José", "María José")]
    [InlineData("佐\r\n藤\u0085\u2028花", "佐 藤 花")]
    [InlineData("\u202e佐藤\u200b\u2066", "佐藤")]
    [InlineData("佐藤\ud800", "佐藤")]
    [InlineData("👩🏽\u200d🌾 農園", "👩🏽🌾 農園")]
    [InlineData("http://evil.example/", null)]
    [InlineData("当選 https://x.test", null)]
    [InlineData("www.evil", null)]
    [InlineData("evil.com", null)]
    [InlineData("bit.ly/abc", null)]
    [InlineData("EVIL.CO.JP", null)]
    [InlineData("ｅｖｉｌ．ｃｏｍ", null)]
    [InlineData("evil。com", null)]
    [InlineData("ev\u200bil.c\u200dom", null)]
    [InlineData("𝐞𝐯𝐢𝐥.𝐜𝐨𝐦", ".")]
    [InlineData("a@evil.example", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("LINE:abc", null)]
    [InlineData(" \u200b ", null)]
    [InlineData(null, null)]
    public void A_name_is_one_line_that_leads_nowhere(string? typed, string? said) =>
        Assert.Equal(said, Wording.Name(typed));

    [Fact]
    public void A_name_has_the_length_of_a_name_and_a_title_that_of_a_title()
    {
        Assert.Equal(60, Wording.Name(new string('あ', 100_000))!.Length);
        Assert.Equal(200, Wording.Title(new string('x', 100_000))!.Length);
        Assert.Equal(59, Wording.Name(new string('あ', 59) + "😀")!.Length);
    }

    [Fact]
    public async Task Whoever_calls_themselves_a_link_is_greeted_as_a_customer()
    {
        await using var house = await House.Open();
        await house.Deliver(
            "orders/create",
            Webhooks.Order(
                "1001",
                0,
                customer: """{"id":7001,"email":"hanako@example.jp","last_name":"今すぐ https:"""
                    + """//evil.example/","first_name":"当選\n\nおめでとう"}"""));
        var customer = await house.Customer("shopify:7001");
        Assert.Null(customer.FamilyName);
        var mail = Mail
            .Template("{{customer.salutation}}")
            .Render(Mail.Situation with { Customer = customer with { GivenName = null } }, Purpose.Transactional, null);
        Assert.Contains("お客様", mail.Text, StringComparison.Ordinal);
        Assert.Equal("当選 おめでとう", customer.GivenName);
    }

    [Fact]
    public async Task What_was_bought_is_said_in_words_of_its_own_length()
    {
        await using var house = await House.Open();
        await house.Deliver(
            "orders/create",
            Webhooks.Order("1001", 0).Replace(
                "煎茶", $"煎茶\\n\\u202e{new string('長', 100_000)}", StringComparison.Ordinal).Replace(
                "\"#1001\"", $"\"#1001{new string('9', 5000)}\"", StringComparison.Ordinal));
        var order = (await house.Orders.Find("shopify", "1001"))!.Value;
        Assert.Equal(200, order.Lines[0].Title.Length);
        Assert.Equal(40, order.Number.Length);
        Assert.StartsWith("煎茶 長", order.Lines[0].Title, StringComparison.Ordinal);
        Assert.Equal(200, (await house.Get<Products>().Find("shopify:501"))!.Title.Length);
    }

    [Fact]
    public void A_link_of_an_order_is_one_of_the_web() =>
        Assert.Equal(
            [null, "https://a.example/1"], new[] { "javascript:alert(1)", "https://a.example/1" }.Select(Wording.Web));
}
