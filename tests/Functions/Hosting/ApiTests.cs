using System.Net;
using System.Text;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Hosting;

public sealed class ApiTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Looking_at_the_opt_out_link_changes_nothing_and_posting_it_unsubscribes()
    {
        var id = new CustomerId(await shop.Customer("optout@example.jp", "6001"));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UnixEpoch, "checkout"));
        var tokens = new UnsubscribeTokens(Encoding.ASCII.GetBytes(
            await File.ReadAllTextAsync(Path.Combine(shop.Product.Get<Settings>().DataFolder, "links.secret"))));
        var link = $"/u/{tokens.Make(new Unsubscription(id, "email", $"{id}-0123456789abcdef"))}";

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var looked = await shop.Http.SendAsync(new HttpRequestMessage(method, link));
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        }
        using var prefetched = await shop.Http.SendAsync(new HttpRequestMessage(
            HttpMethod.Get, link)
        { Headers = { { "Purpose", "prefetch" }, { "Sec-Purpose", "prefetch" } } });
        Assert.Equal(ConsentState.Given, await State(id));
        Assert.Null((await shop.Product.Get<CustomerStore>().Find(id))!.Value.Preferences);

        using var clicked = await shop.Http.PostAsync(
            link, new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } });
        Assert.Equal(HttpStatusCode.OK, clicked.StatusCode);
        Assert.False(clicked.Headers.Contains("Set-Cookie"));
        Assert.Equal(ConsentState.Withdrawn, await State(id));
        Assert.Equal("one-click", (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].How);

        using var again = await shop.Http.PostAsync(
            link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var foreign = await shop.Http.PostAsync("/u/made-up", null);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task What_a_customer_chose_on_their_page_is_shown_with_what_is_known_of_them()
    {
        var id = new CustomerId(await shop.Customer("chooser@example.jp", "6020"));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UnixEpoch, "checkout"));
        Assert.Equal("""{"stopped":false,"monthly":false,"without":[]}""", await Chosen());
        using var weekly = await shop.Api(
            HttpMethod.Put, "/api/newsletters/weekly", """{ "name": "お便り", "on": ["wednesday"], "at": "10:00" }""");
        weekly.EnsureSuccessStatusCode();
        var links = Automation.Functions.Hosting.Outgoing.Links(shop.Product.Get<Settings>());
        var link = $"/u/{links.Stops.Make(new(id, "email", Ledger.Id(id, "test")))}";

        await Choose("monthly");
        await Choose("topics");
        Assert.Equal("""{"stopped":false,"monthly":true,"without":["weekly"]}""", await Chosen());
        await Choose("pause");
        var paused = (await Json(HttpMethod.Get, $"/api/customers/{id}")).GetProperty("preferences")
            .GetProperty("pausedUntil").GetDateTimeOffset();
        Assert.InRange(paused, DateTimeOffset.UtcNow.AddDays(29), DateTimeOffset.UtcNow.AddDays(31));
        await shop.Product.Get<CustomerStore>().Change(id, customer => customer with
        {
            Preferences = customer.Preferences! with { PausedUntil = DateTimeOffset.UtcNow.AddDays(-1) }
        });
        await Choose("stop");
        Assert.Equal("""{"stopped":true,"monthly":true,"without":["weekly"]}""", await Chosen());

        async Task<string> Chosen() =>
            (await Json(HttpMethod.Get, $"/api/customers/{id}")).GetProperty("preferences").GetRawText();

        async Task Choose(string choice)
        {
            using var answer = await shop.Http.PostAsync(link, new FormUrlEncodedContent([new("choice", choice)]));
            answer.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task A_consent_told_by_api_keeps_the_words_the_page_and_where_it_came_from()
    {
        var id = new CustomerId(await shop.Customer("evidence@example.jp", "6010"));
        using var put = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
            """{"channel":"email","state":"given","at":"2026-11-20T09:00:00+09:00","evidence":"""
            + """{"wording":"お便りを受け取る","page":"/register?v=3","ip":"203.0.113.7","form":12}}""");
        put.EnsureSuccessStatusCode();
        var said = (await shop.Product.Get<ConsentService>().History(id))[^1].Said;
        Assert.Equal("お便りを受け取る", said.Wording);
        Assert.Equal("/register?v=3", said.Page);
        Assert.Equal("203.0.113.7", said.Ip);
        Assert.Contains("\"form\":12", said.Evidence, StringComparison.Ordinal);
        foreach (var wrong in (string[])["""{"ip":"home"}""", """{"wording":1}"""])
        {
            using var refused = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
                $$"""{"channel":"email","state":"given","evidence":{{wrong}}}""");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_customer_s_timeline_export_and_reasons_can_be_read()
    {
        var id = await shop.Customer("story@example.jp", "6002");
        using var consent = await shop.Api(
            HttpMethod.Put, $"/api/customers/{id}/consent", """{"channel":"email","state":"withdrawn"}""");
        consent.EnsureSuccessStatusCode();
        var timeline = await Json(HttpMethod.Get, $"/api/customers/{id}/timeline");
        Assert.Equal(["order", "consent"],
            timeline.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()));
        var export = await Json(HttpMethod.Get, $"/api/customers/{id}/export");
        Assert.Equal("story@example.jp", export.GetProperty("customer").GetProperty("email").GetString());
        Assert.Equal(2, export.GetProperty("timeline").GetArrayLength());
        var why = await Json(HttpMethod.Get, $"/api/customers/{id}/why?journey=hello");
        Assert.Equal("order.fulfilled", why.GetProperty("trigger").GetProperty("event").GetString());
        Assert.NotEqual("", why.GetProperty("trigger").GetProperty("now").GetString());
        using var unknown = await shop.Api(HttpMethod.Get, $"/api/customers/{id}/why?journey=nowhere");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_journey_is_checked_then_published_as_a_new_version()
    {
        var first = (await Json(HttpMethod.Get, "/api/journeys/hello")).GetProperty("version").GetInt32();
        var changed = RunningShop.Journey.Replace("2 days", "3 days", StringComparison.Ordinal);

        using var typo = await shop.Api(HttpMethod.Put, "/api/journeys/hello",
            RunningShop.Journey.Replace("\"hello\" }", "\"helo\" }", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, typo.StatusCode);
        var problem = JsonDocument.Parse(await typo.Content.ReadAsByteArrayAsync()).RootElement
            .GetProperty("problems")[0];
        Assert.Equal("journeys/hello.json", problem.GetProperty("file").GetString());
        Assert.Equal(2, problem.GetProperty("line").GetInt32());
        Assert.Contains("hello", problem.GetProperty("suggestion").GetString(), StringComparison.Ordinal);

        var dry = await Json(HttpMethod.Put, "/api/journeys/hello?dryRun=true", changed);
        Assert.False(dry.GetProperty("published").GetBoolean());
        Assert.Equal(first, dry.GetProperty("version").GetInt32());
        var published = await Json(HttpMethod.Put, "/api/journeys/hello", changed);
        Assert.True(published.GetProperty("published").GetBoolean());
        Assert.Equal(first + 1, published.GetProperty("version").GetInt32());
        Assert.Contains("3 days", (await Json(HttpMethod.Get, "/api/journeys/hello")).GetProperty("text").GetString(),
            StringComparison.Ordinal);
        Assert.Empty(
            (await Json(HttpMethod.Get, "/api/journeys/hello/enrollments")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/journeys/asked?dryRun=yes", "application/json")]
    [InlineData("/api/journeys/asked?dryRun", "application/json")]
    [InlineData("/api/newsletters/asked?dryRun=1", "application/json")]
    [InlineData("/api/newsletters/asked/issues/2026-12-02?dryRun=1", "text/markdown")]
    public async Task What_may_be_meant_as_a_question_changes_nothing(string path, string type)
    {
        using var answer = await shop.Api(HttpMethod.Put, path, RunningShop.Journey, type);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(File.Exists(Path.Combine(shop.Product.Get<Settings>().ShopFolder, "journeys", "asked.json")));
    }

    [Fact]
    public async Task A_consent_of_the_future_is_refused_since_it_would_outlast_the_customer_s_no()
    {
        var id = await shop.Customer("future@example.jp", "6030");
        using var answer = await shop.Api(HttpMethod.Put, $"/api/customers/{id}/consent",
            """{ "channel": "email", "state": "given", "at": "2999-01-01T00:00:00Z", "evidence": "form" }""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_journey_can_be_held_and_let_go()
    {
        Assert.True((await Json(HttpMethod.Post, "/api/journeys/hello/pause")).GetProperty("paused").GetBoolean());
        Assert.True(
            (await Json(HttpMethod.Get, "/api/journeys")).GetProperty("items")[0].GetProperty("paused").GetBoolean());
        Assert.False((await Json(HttpMethod.Post, "/api/journeys/hello/resume")).GetProperty("paused").GetBoolean());
        using var nowhere = await shop.Api(HttpMethod.Post, "/api/journeys/nowhere/pause");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task A_journey_can_be_validated_without_touching_the_shop()
    {
        Assert.True(
            (await Json(HttpMethod.Post, "/api/validate", RunningShop.Journey)).GetProperty("valid").GetBoolean());
        Assert.False((await Json(HttpMethod.Post, "/api/validate", RunningShop.Journey.Replace(
            "\"wait\"", "\"wiat\"", StringComparison.Ordinal))).GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_scenario_is_played_with_the_journey_as_it_would_be_and_nothing_is_sent()
    {
        const string scenario =
            """{ "journey": "hello", "customer": { "familyName": "佐藤", "consent": { "email": "given" } },"""
            + """ "events": [ """
            + """{ "day": 0, "event": "order.fulfilled" } ], "diary": [] }""";
        var diary = (await Json(HttpMethod.Post, "/api/simulate",
            $$"""{ "scenario": {{scenario}}, "journey": """
            + $$"""{{RunningShop.Journey.Replace("2 days", "5 days", StringComparison.Ordinal)}} }"""))
            .GetProperty("diary");
        Assert.Contains(diary.EnumerateArray(), line => line.GetString()!.StartsWith("day  5", StringComparison.Ordinal)
            && line.GetString()!.Contains("hello", StringComparison.Ordinal));
        var inForce = (await Json(
            HttpMethod.Post, "/api/simulate", $$"""{ "scenario": {{scenario}} }""")).GetProperty("diary");
        Assert.Contains(
            inForce.EnumerateArray(), line => line.GetString()!.StartsWith("day  0", StringComparison.Ordinal));
        using var odd = await shop.Api(HttpMethod.Post, "/api/simulate",
            $$"""{ "scenario": """
            + $$"""{{scenario.Replace("order.fulfilled", "order.fullfilled", StringComparison.Ordinal)}} }""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, odd.StatusCode);
        using var none = await shop.Api(HttpMethod.Post, "/api/simulate", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task A_changed_file_takes_effect_while_the_shop_is_open_and_a_broken_one_keeps_the_last_good_version()
    {
        var file = Path.Combine(shop.Product.Get<Settings>().ShopFolder, "journeys", "watched.json");
        await File.WriteAllTextAsync(file, RunningShop.Journey);
        await Until(journeys => journeys.Any(j => j.GetProperty("id").GetString() == "watched"), problems: 0);
        await File.WriteAllTextAsync(file, "{ broken");
        await Until(journeys => journeys.Any(j => j.GetProperty("id").GetString() == "watched"
            && j.GetProperty("version").GetInt32() == 1), problems: 1);
        File.Delete(file);
        await Until(journeys => journeys.All(j => j.GetProperty("id").GetString() != "watched"), problems: 0);

        async Task Until(Func<IEnumerable<JsonElement>, bool> so, int problems)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (true)
            {
                patience.Token.ThrowIfCancellationRequested();
                var answer = await Json(HttpMethod.Get, "/api/journeys");
                if (answer.GetProperty("problems").GetArrayLength() == problems
                    && so(answer.GetProperty("items").EnumerateArray())) return;
            }
        }
    }

    [Fact]
    public async Task A_mail_can_be_seen_as_a_customer_would_get_it()
    {
        Assert.Equal(
            "ようこそ", (await Json(HttpMethod.Get, "/api/mails/hello/preview")).GetProperty("subject").GetString());
        var id = await shop.Customer("preview@example.jp", "6003");
        using var none = await shop.Api(HttpMethod.Get, "/api/mails");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("ようこそ", (await Json(HttpMethod.Get, $"/api/mails/hello/preview?customer={id}"))
            .GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_are_listed_by_what_one_asks_for()
    {
        Assert.Empty((await Json(HttpMethod.Get, "/api/sends?state=uncertain&journey=hello")).GetProperty("items")
            .EnumerateArray());
        foreach (var query in (string[])["sends?customer=..", "sends?state=uncertian",
            "sends?issue=weekly/2026-11-25&state=faild", "journeys/hello/enrollments?state=dead"])
        {
            using var odd = await shop.Api(HttpMethod.Get, $"/api/{query}");
            Assert.Equal(HttpStatusCode.BadRequest, odd.StatusCode);
        }
    }

    private async Task<ConsentState> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].State;

    private async Task<JsonElement> Json(HttpMethod method, string path, string? body = null)
    {
        using var answer = await shop.Api(method, path, body);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(
            answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        return JsonDocument.Parse(bytes).RootElement;
    }
}
