using Automation.Marketing.Publishing;

namespace Automation.Marketing.Tests.Shop;

public sealed class ShopFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("shop").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
        File.WriteAllText(Path.Combine(root, file), text);
    }

    private const string Shop = """
        { "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" }, "timeZone": "Asia/Tokyo",
          "events": ["review.posted"], "eventData": { "review.posted": { "stars": "number" } } }
        """;

    private static string Journey(string steps, string trigger = "review.posted") =>
        $$"""{ "name": "x", "purpose": "marketing", "trigger": { "event": "{{trigger}}" }, "reentry": "always","""
        + $$""" "steps": [ {{steps}} ] }""";

    [Fact]
    public void The_shop_that_comes_with_the_product_is_right()
    {
        var shop = ShopFolder.Read(Path.Combine(Repository.Root, "shop"));
        Assert.Empty(shop.Problems.Select(problem => problem.ToString()));
        Assert.NotNull(shop.Shop);
        Assert.Contains("second-purchase", shop.Journeys.Keys);
        Assert.Contains("second-purchase/how-is-it", shop.Mails.Keys);
        Assert.NotEmpty(shop.Scenarios);
    }

    [Fact]
    public void An_issue_names_a_LINE_text_that_there_is_and_that_can_be_rendered_without_an_order()
    {
        Write("shop.json", Shop);
        Write("newsletters/weekly.json", """{ "name": "週刊", "on": ["wednesday"], "at": "10:00" }""");
        Write("newsletters/weekly/2026-12-02.md", "---\nsubject: a\nline: weekly/tee\n---\nb\n");
        Write("newsletters/weekly/2026-12-09.md", "---\nsubject: a\nline: weekly/order\n---\nb\n");
        Write("lines/weekly/tea.md", "---\nalt: a\n---\n{{customer.salutation}}\n");
        Write("lines/weekly/order.md", "---\nalt: a\n---\n{{order.number}}\n");
        Assert.Equal(
        [
            "lines/weekly/order.md:4:1: order.number is not known for",
            "newsletters/weekly/2026-12-02.md:3:7: there is no LINE text \"weekly/tee\" (lines/weekly/tee.md) "
            + "(did you mean weekly/tea?)",
        ], ShopPublisher.Check(root).Select(problem => $"{problem}".Replace($"{root}/", "", StringComparison.Ordinal))
            .Select(said => said.Contains(" for ", StringComparison.Ordinal)
                ? said[..(said.IndexOf(" for ", StringComparison.Ordinal) + 4)] : said));
    }

    [Fact]
    public void A_folder_is_read_with_everything_that_names_something_else()
    {
        Write("shop.json", Shop);
        Write("mails/a/b.md", "x");
        Write("journeys/one.json", Journey("""{ "do": "send", "mail": "a/b" }, { "do": "start", "journey": "two" }"""));
        Write("journeys/two.json", Journey("""{ "do": "send", "mail": "a/c" }"""));
        Write("tests/one.json",
            """{ "journey": "on", "customer": {}, "events": [ { "day": 0, "event": "order.placed" } ],"""
            + """ "diary": [] }""");
        var shop = ShopFolder.Read(root + "/");
        Assert.Equal(["one"], shop.Journeys.Keys);
        var one = shop.Journeys["one"];
        Assert.Equal(64, one.Hash.Length);
        Assert.Equal($"{root}/journeys/one.json", one.File);
        Assert.Contains("\"a/b\"", one.Source, StringComparison.Ordinal);
        Assert.Equal(
        [
            $"{root}/journeys/two.json:1:137: unknown mail \"a/c\" (did you mean a/b?)",
            $"{root}/tests/one.json:1:14: unknown journey \"on\" (did you mean one?)",
        ], shop.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_mail_is_read_whether_a_journey_sends_it_yet_or_not()
    {
        Write("shop.json", Shop);
        Write("mails/later.md", "---\nsubject: a\n---\n{{customer.salutaton}}\n");
        Assert.Equal(
            $"{root}/mails/later.md:4:3: unknown blank \"customer.salutaton\" (did you mean customer.salutation?)",
            Assert.Single(ShopPublisher.Check(root)).ToString());
    }

    [Theory]
    [InlineData("newsletters/weekly/2026-12-16.MD", "newsletters/weekly/2026-12-16.md")]
    [InlineData("newsletters/weekly/2026-12-16.txt", "newsletters/weekly/2026-12-16.md")]
    [InlineData("newsletters/old/monthly.json", "newsletters/monthly.json")]
    [InlineData("mails/welcome/thank-you.markdown", "mails/welcome/thank-you.md")]
    [InlineData("journeys/second-purchase.jsn", "journeys/second-purchase.json")]
    [InlineData("journeys/old/second-purchase.json", "journeys/second-purchase.json")]
    [InlineData("journeys/notes.txt", null)]
    [InlineData("journeys/welcome.json~", null)]
    [InlineData("mails/welcome/photo.jpg", null)]
    [InlineData("mails/.git/notes.md~", null)]
    [InlineData("mails/.notes.txt", null)]
    public void A_file_that_nothing_reads_and_somebody_meant_to_be_read_is_said(string file, string? meant)
    {
        Write("shop.json", Shop);
        Write(file, "x");
        Assert.Equal(meant is null ? [] : [$"{root}/{file}:1:1: nothing reads this file (did you mean {meant}?)"],
            ShopFolder.Read(root).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Letters_that_are_not_UTF_8_are_refused_where_they_begin()
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        Write("shop.json", Shop);
        Write("newsletters/weekly.json", """{ "name": "x", "on": ["wednesday"], "at": "10:00" }""");
        foreach (var file in (string[])["mails/a.md", "newsletters/weekly/2026-12-02.md"])
        {
            Write(file, "");
            File.WriteAllBytes(Path.Combine(root, file),
                System.Text.Encoding.GetEncoding(932).GetBytes("---\nsubject: 号\n---\n髙橋です\n"));
        }
        Assert.Equal([("mails/a.md", 2, 10), ("newsletters/weekly/2026-12-02.md", 2, 10)], ShopPublisher.Check(root)
            .Select(problem => (Path.GetRelativePath(root, problem.File), problem.Line, problem.Column)));
    }

    [Fact]
    public void Journeys_that_start_each_other_without_a_wait_are_refused()
    {
        Write("shop.json", Shop);
        Write("journeys/one.json", Journey("""{ "do": "start", "journey": "two" }"""));
        Write("journeys/two.json", Journey("""{ "do": "start", "journey": "one" }"""));
        Write("journeys/three.json", Journey("""{ "do": "start", "journey": "one" }"""));
        var shop = ShopFolder.Read(root);
        Assert.Equal(2, shop.Problems.Count(
            problem => problem.Message.Contains("without a wait in between", StringComparison.Ordinal)));
        Assert.Equal(["three"], shop.Journeys.Keys);
        Write(
            "journeys/two.json", Journey("""{ "do": "wait", "for": "1 day" }, { "do": "start", "journey": "one" }"""));
        Assert.Empty(ShopFolder.Read(root).Problems);
    }

    [Theory]
    [InlineData("\"yearly\": true", true)]
    [InlineData("\"yearly\": true, \"missing\": \"continue\"", false)]
    [InlineData("\"offset\": \"1 year\"", false)]
    public void The_next_anniversary_is_a_wait_and_a_date_that_may_be_past_is_none(string until, bool isWait)
    {
        Write("shop.json", Shop.Replace("\"name\"", "\"attributes\": { \"birthday\": \"date\" }, \"name\""));
        Write("journeys/one.json", Journey($$"""
            { "do": "wait", "until": { "field": "customer.attributes.birthday", {{until}} } },
            { "do": "start", "journey": "one" }
            """));
        var problems = ShopFolder.Read(root).Problems.Select(problem => problem.Message).ToList();
        Assert.Equal(
            isWait ? [] : ["one starts itself without a wait in between: it would never end"], problems);
    }

    [Fact]
    public void A_wait_for_a_date_that_some_do_not_have_is_warned_of_and_published_all_the_same()
    {
        Write("shop.json", Shop.Replace("\"name\"", "\"attributes\": { \"birthday\": \"date\" }, \"name\""));
        Write("journeys/one.json", Journey("""
            { "do": "wait", "until": { "field": "order.placedAt", "offset": "1 day" } },
            { "do": "branch", "if": { "customer.attributes.birthday": { "exists": true } },
              "then": [ { "do": "wait", "until": { "field": "customer.attributes.birthday" } } ],
              "else": [ { "do": "wait", "until": { "field": "customer.attributes.birthday", "missing": "leave" } } ] },
            { "do": "wait", "until": { "field": "customer.attributes.birthday" } }
            """, "order.placed"));
        var shop = ShopFolder.Read(root);
        Assert.Empty(shop.Problems);
        Assert.Equal("whoever has no customer.attributes.birthday leaves here; if that is meant, say \"missing\": "
            + "\"leave\", else \"missing\": \"continue\"", Assert.Single(shop.Warnings).Message);
    }

    [Fact]
    public void A_missing_or_broken_shop_json_does_not_hide_what_else_is_wrong()
    {
        Write("journeys/one.json", Journey("""{ "do": "sned" }""", "anything.at-all"));
        Write("jorneys/two.json", "{");
        Assert.Equal(["jorneys", "journeys/one.json", "shop.json"],
            ShopFolder.Read(root).Problems.Select(problem => Path.GetRelativePath(root, problem.File)));
    }

    [Theory]
    [InlineData(
        "\"language\": \"jp\"", "\"jp\" is not a language; languages read \"ja\", \"en-GB\" (did you mean ja?)")]
    [InlineData("\"currency\": \"jpy\"", "\"jpy\" is not a currency; currencies read \"JPY\" (did you mean JPY?)")]
    [InlineData("\"country\": \"jp\"", "\"jp\" is not a country; countries read \"JP\" (did you mean JP?)")]
    [InlineData("\"callHosts\": [\"127.0.0.1.\"]", "\"127.0.0.1.\" is not a host; hosts read \"hooks.example.jp\"")]
    [InlineData("\"callHosts\": [\"a.localhost\"]",
        "\"a.localhost\" is within one's own network: only hosts of the public internet are called")]
    [InlineData("\"callHosts\": [\"printer.local\"]",
        "\"printer.local\" is within one's own network: only hosts of the public internet are called")]
    [InlineData("\"callHosts\": [\"0x7f.1\"]", "\"0x7f.1\" is not a host; hosts read \"hooks.example.jp\"")]
    [InlineData("\"callHosts\": [\"hooks.example.jp\"]", null)]
    [InlineData("\"productUrl\": \"https://a.jp/products/\"",
        "\"https://a.jp/products/\" is not a web address with {id} or {title} in it; addresses read "
        + "\"https://example.jp/products/{id}\"")]
    [InlineData("\"productUrl\": \"https://a.jp/{title}?p={id}\"", null)]
    public void What_would_be_wrong_in_every_mail_is_said_once_here(string line, string? problem)
    {
        Write("shop.json", $"{Shop.TrimEnd()[..^1]}, {line} }}");
        Assert.Equal(problem is null ? [] : [problem], ShopFolder.Read(root).Problems.Select(
            found => $"{found.Message}{(found.Suggestion is null ? "" : $" (did you mean {found.Suggestion}?)")}"));
    }

    [Fact]
    public void All_mistakes_of_shop_json_are_said()
    {
        Write("journeys/one.json", Journey("""{ "do": "leave", "because": "x" }"""));
        Write("shop.json", """
            {
              "name": "月凪",
              "contact": { "email": "tegami", "fax": "1" },
              "timeZone": "Asia/Tokio",
              "currency": "YEN",
              "events": ["order.reviewed", "reviewed"],
              "eventData": { "review.psted": { "stars": "nubmer" } },
              "attributes": { "birthday": "dates" },
              "callHosts": ["https://x.example.jp/"],
              "late": { "threshold": 0.5 },
              "quietHours": { "from": "21:00", "to": "21:00" },
              "plan": { "caps": [ { "messages": 0, "per": "7days" } ], "newsletterDay": "keepback", "groups": [
                { "name": "a", "journeys": ["winback", "one"] },
                { "name": "b", "journeys": ["one"], "rule": "wiat" } ] },
              "accent": "green",
              "recommend": [ { "id": "a", "title": "x", "price": "972" } ]
            }
            """);
        Assert.Equal(
        [
            ":1:1: the shop needs \"postalAddress\"",
            ":3:25: \"tegami\" is not an e-mail address",
            ":3:35: contact has no \"fax\"",
            ":4:15: \"Asia/Tokio\" is not an IANA time zone; zones read \"Asia/Tokyo\" (did you mean Asia/Tokyo?)",
            ":5:15: \"YEN\" is not a currency; currencies read \"JPY\" (did you mean JPY?)",
            ":6:14: events beginning with \"order.\" are the product's own: give yours another first word",
            ":6:32: \"reviewed\" is not a name for an event; events read \"review.posted\"",
            ":7:18: unknown event \"review.psted\" (did you mean reviewed?)",
            ":7:45: unknown type \"nubmer\" (did you mean number?)",
            ":8:31: unknown type \"dates\" (did you mean date?)",
            ":9:17: \"https://x.example.jp/\" is not a host; hosts read \"hooks.example.jp\"",
            ":10:26: \"threshold\" must be from 1 to 10",
            ":11:42: quiet hours from and to the same time: leave them out, or choose two",
            ":12:37: \"messages\" must be from 1 to 1000",
            ":12:47: \"7days\" is not a period; periods read \"3 days\", \"2 weeks\", \"12 hours\" (did you mean "
            + "7 days?)",
            ":12:77: unknown newsletterDay \"keepback\" (did you mean keepsBack?)",
            ":13:33: unknown journey \"winback\"; known: one",
            ":14:33: one is in the group \"a\" already: a journey is in one group, once",
            ":14:49: unknown rule \"wiat\" (did you mean wait?)",
            ":15:13: \"green\" is not a colour; colours read \"#2f5d50\"",
            ":16:54: \"price\" must be a number, not a text",
        ], ShopFolder.Read(root).Problems.Select(problem => problem.ToString()[$"{root}/shop.json".Length..]));
    }
}
