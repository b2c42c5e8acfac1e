using System.Net;
using System.Text.Json.Nodes;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Console.Tests.Customers;

/// <summary>What somebody of the shop does for one customer.</summary>
public sealed class CustomerTests(People people) : IClassFixture<People>
{
    private OpenShop Shop => people.Shop;

    private string Address(Customer? customer = null) => $"/console/customers/{(customer ?? people.Hanako).Id}";

    [Theory]
    [InlineData("佐藤")]
    [InlineData("花子 佐")]
    [InlineData("hanako@")]
    [InlineData("090-1234")]
    [InlineData("#1003")]
    [InlineData("main:hanako")]
    public async Task A_customer_is_found_and_their_page_is_one_link_away(string typed)
    {
        using var visitor = await people.As(OpenShop.Viewer);
        var page = await visitor.Open($"/console/customers?q={Uri.EscapeDataString(typed)}");
        var found = Assert.Single(page.QuerySelectorAll("tbody tr"));
        Assert.Contains("佐藤 花子", found.TextContent, StringComparison.Ordinal);
        Assert.Equal(Address(), found.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(typed, page.QuerySelector("#q")!.GetAttribute("value"));
        Assert.Equal("佐藤 花子", (await visitor.Open(Address())).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Nobody_found_says_what_to_try()
    {
        using var visitor = await people.As(OpenShop.Viewer);
        var page = await visitor.Open("/console/customers?q=nobody-at-all");
        Assert.Contains("Try fewer letters", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var foreign = await visitor.Get("/console/customers?q=a&next=none*of*ours");
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        using var unknown = await visitor.Get("/console/customers/000000000000000000000000");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_page_says_who_they_are_in_words_with_what_they_bought_and_what_happened()
    {
        using var english = await people.As(OpenShop.Viewer);
        var page = await english.Open(Address());
        var text = page.QuerySelector("main")!.TextContent;
        Assert.Contains("usually every 28 days, now 41", text, StringComparison.Ordinal);
        Assert.Contains("hanako@example.jp", text, StringComparison.Ordinal);
        var orders = page.QuerySelectorAll("[aria-labelledby=orders] .rows > li").ToList();
        Assert.Equal(
            ["#1003", "#1002", "#1001", "#1000"], orders.Select(one => one.QuerySelector("strong")!.TextContent));
        Assert.Equal("https://shop.example/p1", orders[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Empty(page.QuerySelectorAll("main img"));
        Assert.Equal(4,
            page.QuerySelectorAll(".timeline > li").Count(one => one.QuerySelector(".badge")!.TextContent == "Order"));
        Assert.Contains(
            "agreed", page.QuerySelector("[aria-labelledby=consent]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "at the checkout", page.QuerySelector("[aria-labelledby=consent]")!.TextContent, StringComparison.Ordinal);

        using var japanese = await people.As(OpenShop.Viewer, "ja");
        var words = (await japanese.Open(Address())).QuerySelector("main")!.TextContent;
        Assert.Contains("いつもは28日ごと、いまは41日", words, StringComparison.Ordinal);
        Assert.Contains("同意あり", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_may_only_look_sees_no_buttons_and_may_not_press_them_either()
    {
        using var visitor = await people.As(OpenShop.Viewer);
        var page = await visitor.Open(Address());
        Assert.Empty(page.QuerySelectorAll("main form[method=post]"));
        Assert.Empty(page.QuerySelectorAll("a[href$='/erase'], a[href$='/export']"));
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        foreach (var act in (string[])["stop", "consent", "enroll", "leave", "erase"])
        {
            using var refused = await visitor.Post($"{Address()}/{act}", new() { ["token"] = token });
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var marketer = await people.As(OpenShop.Marketer);
        using var export = await marketer.Get($"{Address()}/export");
        Assert.Equal(HttpStatusCode.Forbidden, export.StatusCode);
    }

    [Fact]
    public async Task Marketing_is_stopped_with_one_button_and_a_consent_is_recorded_with_its_evidence()
    {
        var customer = await people.Buy("keiko", "鈴木", "恵子", "#3001", DateTimeOffset.UtcNow.AddDays(-9));
        using var visitor = await people.As(OpenShop.Marketer);
        using var stopped = await visitor.Submit(await visitor.Open(Address(customer)), $"{Address(customer)}/stop");
        Assert.Equal($"{Address(customer)}?done=stopped", $"{stopped.Headers.Location}");
        var said = (await people.Find("keiko")).Consent["email"];
        Assert.Equal(ConsentState.Withdrawn, said.State);
        Assert.Equal("console", said.How);
        Assert.Equal("mika", said.Evidence);

        var page = await visitor.Open(Address(customer));
        Assert.DoesNotContain(
            page.QuerySelectorAll("form"), form => form.GetAttribute("action") == $"{Address(customer)}/stop");
        using var refused = await visitor.Submit(
            page, $"{Address(customer)}/consent", new() { ["wording"] = "新着のお知らせを受け取る", ["evidence"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await Visitor.Page(refused);
        Assert.Equal("true", again.QuerySelector("#evidence")!.GetAttribute("aria-invalid"));
        Assert.Equal("新着のお知らせを受け取る", again.QuerySelector("#wording")!.GetAttribute("value"));

        using var given = await visitor.Submit(
            again, $"{Address(customer)}/consent", new() { ["evidence"] = "電話で本人から" });
        Assert.Equal($"{Address(customer)}?done=given", $"{given.Headers.Location}");
        var agreed = (await people.Find("keiko")).Consent["email"];
        Assert.Equal(ConsentState.Given, agreed.State);
        Assert.Equal("電話で本人から (mika)", agreed.Evidence);
        Assert.Equal("新着のお知らせを受け取る", agreed.Wording);
        Assert.Contains("電話で本人から", (await visitor.Open(Address(customer))).QuerySelector(".timeline")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_is_begun_and_left_by_hand_by_its_own_rules()
    {
        var customer = await people.Buy("jiro", "高橋", "次郎", "#4001", DateTimeOffset.UtcNow.AddDays(-2));
        using var visitor = await people.As(OpenShop.Marketer);
        var page = await visitor.Open(Address(customer));
        using var begun = await visitor.Submit(
            page, $"{Address(customer)}/enroll", new() { ["journey"] = "second-purchase" });
        Assert.Equal($"{Address(customer)}?done=enrolled", $"{begun.Headers.Location}");
        var walk = Assert.Single(await Shop.Product.Get<EnrollmentStore>().Of(customer.Id, "second-purchase")).Value;
        Assert.Equal("main:jiro#4001", walk.Trigger.Order);

        using var twice = await visitor.Submit(
            page, $"{Address(customer)}/enroll", new() { ["journey"] = "second-purchase" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        Assert.Contains("Not possible", (await Visitor.Page(twice)).QuerySelector("#not-enrolled")!.TextContent,
            StringComparison.Ordinal);

        var there = await visitor.Open(Address(customer));
        Assert.Contains("by hand", there.QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);
        using var left = await visitor.Submit(there, $"{Address(customer)}/leave");
        Assert.Equal($"{Address(customer)}?done=left", $"{left.Headers.Location}");
        var over = Assert.Single(await Shop.Product.Get<EnrollmentStore>().Of(customer.Id, "second-purchase")).Value;
        Assert.Equal(Outcome.Left, over.Outcome);
        Assert.Equal(LeavingByHand.Because, over.Because);
        using var gone = await visitor.Submit(there, $"{Address(customer)}/leave");
        Assert.Equal($"{Address(customer)}?done=gone", $"{gone.Headers.Location}");
        using var unknown = await visitor.Submit(
            there, $"{Address(customer)}/enroll", new() { ["journey"] = "no-such" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Why_is_answered_for_a_journey_and_for_a_newsletter()
    {
        var customer = await people.Buy("nao", "中村", "直", "#5001", DateTimeOffset.UtcNow.AddDays(-2), agrees: false);
        using var visitor = await people.As(OpenShop.Viewer);
        var journey = await visitor.Open($"{Address(customer)}?why=journey:win-back");
        var because = journey.QuerySelector(".why")!.TextContent;
        Assert.Contains("they have never begun it", because, StringComparison.Ordinal);
        Assert.Contains("has not agreed to marketing mails", because, StringComparison.Ordinal);
        var newsletter = await visitor.Open($"{Address(customer)}?why=newsletter:weekly");
        Assert.Contains("has not agreed to marketing mails", newsletter.QuerySelector(".why")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("newsletter:weekly", newsletter.QuerySelector("#about option[selected]")!.GetAttribute("value"));
        var none = await visitor.Open($"{Address(customer)}?why=journey:no-such");
        Assert.Contains("nothing of that name", none.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_exports_everything_and_erases_after_a_question_that_names_the_person()
    {
        var customer = await people.Buy("yui", "小林", "結衣", "#6001", DateTimeOffset.UtcNow.AddDays(-2));
        using var visitor = await people.As(OpenShop.Owner);
        using (var export = await visitor.Get($"{Address(customer)}/export"))
        {
            Assert.Equal(
                $"customer-{customer.Id}.json", export.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
            var json = JsonNode.Parse(await export.Content.ReadAsStringAsync())!;
            Assert.Equal("yui@example.jp", $"{json["customer"]!["email"]}");
        }
        var page = await visitor.Open(Address(customer));
        var question = await visitor.Open(page.QuerySelector("a[href$='/erase']")!.GetAttribute("href")!);
        Assert.Contains("小林 結衣", question.QuerySelector("form h2")!.TextContent, StringComparison.Ordinal);
        using var erased = await visitor.Submit(question, $"{Address(customer)}/erase");
        Assert.Equal("/console/customers?done=erased", $"{erased.Headers.Location}");
        Assert.NotNull((await Shop.Product.Get<CustomerStore>().Find(customer.Id))!.Value.ErasedAt);
        var left = await visitor.Open(Address(customer));
        Assert.DoesNotContain("小林", left.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(left.QuerySelectorAll("main form[method=post]"));
    }
}
