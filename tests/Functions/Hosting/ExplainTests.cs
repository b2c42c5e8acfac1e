using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Publishing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Hosting;

/// <summary>Why does somebody get a mail, or not?</summary>
public sealed class ExplainTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_journey_s_answer_names_what_goes_before_it_and_what_holds_its_mails_back()
    {
        // The daily newsletter of the other question would leave such a plan no place.
        var newsletters = Path.Combine(shop.Product.Get<Settings>().ShopFolder, "newsletters");
        if (Directory.Exists(newsletters)) Directory.Delete(newsletters, recursive: true);
        var before = await File.ReadAllTextAsync(Path.Combine(shop.Product.Get<Settings>().ShopFolder, "shop.json"));
        await Write("shop.json", """
            { "name": "ためしの店", "postalAddress": "東京都千代田区1-1", "contact": { "email": "shop@example.jp" },
              "timeZone": "Asia/Tokyo",
              "plan": { "caps": [ { "messages": 1, "per": "5 days" } ], "groups": [ { "name": "ひとつずつ",
                "journeys": ["first", "hello"] } ] } }
            """);
        await Write("journeys/first.json",
            """{ "name": "先", "purpose": "transactional", "trigger": { "event": "consent.given" }, "steps": [ """
            + """{ "do": "wait", "for": "30 days" }, { "do": "send", "mail": "hello" } ] }""");
        var id = await shop.Customer("held@example.jp", "6301");
        Assert.Equal("no: consent: unknown", Verdict((await Why(id, "journey=hello")).GetProperty("mail")));
        using var agreed = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
            """{"channel":"email","state":"given","evidence":"form"}""");
        agreed.EnsureSuccessStatusCode();
        await shop.Idle();
        var written = DateTimeOffset.UtcNow.AddDays(-1);
        await shop.Product.Get<CustomerStore>().Change(new(id), customer => customer with
        {
            Recent = [new("another", written)],
            Preferences = new() { Without = ["often", "regulars", "tried"] }
        });

        var why = await Why(id, "journey=hello");
        Assert.Equal("first", why.GetProperty("behind").GetProperty("journey").GetString());
        Assert.Equal("wait", why.GetProperty("behind").GetProperty("rule").GetString());
        Assert.Equal("later: cap: 1 per 5 days", Verdict(why.GetProperty("mail")));
        Assert.Equal("marketing", why.GetProperty("mail").GetProperty("purpose").GetString());
        var midnight = new DateTimeOffset(
            written.ToOffset(TimeSpan.FromHours(9)).Date.AddDays(5), TimeSpan.FromHours(9));
        Assert.Equal(midnight, why.GetProperty("mail").GetProperty("until").GetDateTimeOffset());
        var first = await Why(id, "journey=first");
        Assert.False(first.TryGetProperty("behind", out _));
        Assert.Equal("yes", Verdict(first.GetProperty("mail")));
        Assert.Equal(1, first.GetProperty("enrollments").GetArrayLength());
        await Write("shop.json", before);
    }

    [Fact]
    public async Task A_newsletter_s_answer_names_the_coming_issue_and_why_it_does_not_come()
    {
        await Write("newsletters/often.json",
            """{ "name": "毎日", "on": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday","""
            + """ "sunday"], "at": "10:00" }""");
        await Write("newsletters/regulars.json",
            """{ "name": "常連", "on": ["wednesday"], "at": "10:00", "audience": { "customer.orders.count": { "gte": 5 """
            + """} }, "fallback": "any" }""");
        await Write("newsletters/regulars/any.md", "---\nsubject: いつもの\n---\n本文\n");
        var id = await shop.Customer("reader@example.jp", "6302");
        var why = await Why(id, "newsletter=often");
        Assert.Equal("no: consent: unknown", Verdict(why));
        Assert.Equal("empty", why.GetProperty("issue").GetProperty("state").GetString());
        Assert.False(why.TryGetProperty("audience", out _));
        await shop.Product.Get<ConsentService>().Record(
            new(id), "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UtcNow, "api"));
        await shop.Product.Get<CustomerStore>().Change(
            new(id), customer => customer with { Preferences = new() { Without = ["often"] } });
        Assert.Equal("no: left this newsletter", Verdict(await Why(id, "newsletter=often")));

        await Write(
            "newsletters/tried.json", """{ "name": "試し", "on": ["wednesday"], "at": "10:00", "fallback": "two" }""");
        await Write("newsletters/tried/two.md",
            "---\nsubject: ひとつ\nsubjectB: ふたつ\ntestShare: 1\ndecideAfter: 3 hours\n---\n本文\n");
        var tried = await Why(id, "newsletter=tried");
        var slot = tried.GetProperty("issue").GetProperty("at").GetDateTimeOffset();
        var isOfTheSample = new SubjectTest(2, 1, TimeSpan.FromHours(3)).Drawn(
            IssueId.Parse($"tried/{tried.GetProperty("issue").GetProperty("date")}")!.Value, new(id)) is not null;
        Assert.Equal(isOfTheSample ? ("yes", slot) : ("later: subject test", slot.AddHours(3)),
            (Verdict(tried), tried.TryGetProperty("until", out var until) ? until.GetDateTimeOffset() : slot));

        var regulars = await Why(id, "newsletter=regulars");
        Assert.Equal("no: not in the audience", Verdict(regulars));
        Assert.Equal("any", regulars.GetProperty("issue").GetProperty("file").GetString());
        Assert.Equal("customer.orders.count gte 5", regulars.GetProperty("audience").GetProperty("where").GetString());
        Assert.Equal(
            "customer.orders.count 1 is not ≥ 5", regulars.GetProperty("audience").GetProperty("now").GetString());
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?journey=hello&newsletter=often", HttpStatusCode.BadRequest)]
    [InlineData("?newsletter=nowhere", HttpStatusCode.NotFound)]
    public async Task A_question_about_nothing_is_refused(string query, HttpStatusCode status)
    {
        using var answer = await shop.Api(
            HttpMethod.Get, $"/api/customers/{await shop.Customer("asks@example.jp", "6303")}/why{query}");
        Assert.Equal(status, answer.StatusCode);
    }

    private async Task Write(string name, string text)
    {
        var path = Path.Combine(shop.Product.Get<Settings>().ShopFolder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        await shop.Product.Get<ShopWatch>().Publish(default);
    }

    private async Task<JsonElement> Why(string id, string query)
    {
        using var answer = await shop.Api(HttpMethod.Get, $"/api/customers/{id}/why?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string Verdict(JsonElement of) =>
        $"{of.GetProperty("verdict")}{(of.TryGetProperty("because", out var because) ? $": {because}" : "")}";
}
