using Automation.Marketing.Mails;

namespace Automation.Marketing.Tests.Mails;

public class MailCheckTests
{
    [Theory]
    [InlineData("{{customer.famlyName}}", 4, 3, "customer.familyName")]
    [InlineData("やあ\n\nこんにちは {{ order.totl }}", 6, 10, "order.total")]
    [InlineData("{{#each order.lines}}\n- {{titel}}\n{{/each}}", 5, 5, "title")]
    [InlineData("{{#each order.line}}a{{/each}}", 4, 9, "order.lines")]
    [InlineData("{{#fi order}}a{{/fi}}", 4, 1, "{{#if …}}")]
    [InlineData("{{#if order}}a", 4, 1, "{{/if}}")]
    [InlineData("{{#if order}}a{{/each}}", 4, 15, "{{/if}}")]
    [InlineData("{{{order.number}}}", 4, 1, "{{ }}")]
    [InlineData("{{mony order.total}}", 4, 3, "money")]
    [InlineData("a {{order.number", 4, 3, "}}")]
    [InlineData("{{#if order}}\n\na\n\nb{{/if}}", 4, 1, "each tag on a line of its own, or both in one paragraph")]
    [InlineData("{{#if order}}**a{{/if}} b**", 4, 1, "each tag on a line of its own, or both in one paragraph")]
    public void A_slip_is_refused_with_line_column_and_suggestion(string body, int line, int column, string suggestion)
    {
        var problem = Mail.Problems(body)[0];
        Assert.Equal("mails/test.md", problem.File);
        Assert.Equal(line, problem.Line);
        Assert.Equal(column, problem.Column);
        Assert.Equal(suggestion, problem.Suggestion);
    }

    [Theory]
    [InlineData("[覚え書き](/notes)", 4, 8)]
    [InlineData("やあ\n\n[a](https://a.jp/) と [覚え書き](notes/{{customer.givenName}})", 6, 29)]
    [InlineData("[x](javascript:alert(1))", 4, 5)]
    [InlineData("[x]()", 4, 5)]
    [InlineData("![絵](a.png)", 4, 6)]
    [InlineData("[x][1]\n\n[1]: www.example.jp", 6, 6)]
    [InlineData(
        "[a](https://a.jp/お茶?x=1&y=2) [b](mailto:a@b.jp) [c](tel:054) [d]({{shop.url}}) "
        + "[e](https://a.jp/{{customer.givenName}})",
        0, 0)]
    [InlineData("[a](https://{{customer.givenName}}.example.jp/)", 0, 0)]
    public void A_link_that_leads_nowhere_from_a_mail_is_refused_where_its_address_stands(
        string body, int line, int column)
    {
        var source = MailSource.Parse("test", $"---\nsubject: a\n---\n{body}").Source!;
        var found = MailCheck.Check(source, Mail.Shop, [], Purpose.Transactional);
        Assert.Equal(line == 0 ? [] : [(line, column)], found.Select(problem => (problem.Line, problem.Column)));
    }

    [Theory]
    [InlineData("{{> partial}}")]
    [InlineData("{{&order.number}}")]
    [InlineData("{{#with order}}{{/with}}")]
    [InlineData("{{lookup order \"x\"}}")]
    [InlineData("{{default (money order.total) \"x\"}}")]
    [InlineData("{{order.GetType}}")]
    [InlineData("{{this}}")]
    [InlineData("{{@root}}")]
    [InlineData("{{order}}")]
    [InlineData("{{/if}}")]
    [InlineData("{{else}}")]
    [InlineData("{{}}")]
    [InlineData("{{#if order}}a{{else}}b{{else}}c{{/if}}")]
    public void What_is_not_a_mails_language_is_refused(string body) => Assert.NotEmpty(Mail.Problems(body));

    [Theory]
    [InlineData("本文", 1, null)]
    [InlineData("---\nsubjct: a\n---\nb", 2, "subject")]
    [InlineData("---\npreheader: a\n---\nb", 1, "subject: …")]
    [InlineData("---\nsubject: a\npurpose: marketting\n---\nb", 3, "marketing")]
    [InlineData("---\nsubject: a\nb", 1, "---")]
    [InlineData("---\nsubject: a\n---\n  \n", 4, null)]
    [InlineData("---\nsubject:\n---\nb", 2, null)]
    [InlineData("", 1, null)]
    public void A_front_matter_that_is_wrong_is_refused(string text, int line, string? suggestion)
    {
        var (source, problems) = MailSource.Parse("a", text);
        Assert.Null(source);
        Assert.Equal(line, problems[0].Line);
        if (suggestion is not null) Assert.Equal(suggestion, problems[0].Suggestion);
    }

    [Fact]
    public void Front_matter_is_read()
    {
        var (source, _) = MailSource.Parse("a/b",
            "\uFEFF---\r\nsubject: \"はい: {{order.number}}\"\r\npreheader: x\r\npurpose: marketing\r\nfrom: "
            + "店主\r\n---\r\n本文\r\n");
        Assert.Equal("はい: {{order.number}}", source!.Subject.Text);
        Assert.Equal("x", source.Preheader!.Text);
        Assert.Equal(Purpose.Marketing, source.Purpose);
        Assert.Equal("店主", source.From);
        Assert.Equal("本文\n", source.Body.Text);
    }

    [Theory]
    [InlineData("{{customer.givenName}}", true,
        "customer.givenName is not known for a customer of whom nothing but the address is known")]
    [InlineData("{{order.number}}", false, "order.number is not known for a customer of whom everything is known")]
    [InlineData("{{suggestion.title}}", true,
        "suggestion.title is not known for a customer of whom nothing but the address is known")]
    [InlineData("{{customer.attributes.血液型}}", true, "the attribute \"血液型\" is not declared in shop.json")]
    [InlineData("{{#if suggestion}}{{suggestion.title}}{{/if}}{{customer.salutation}}{{order.number}}", true, null)]
    public void A_value_that_may_be_missing_is_found_before_anybody_is_written_to(
        string body, bool order, string? message)
    {
        var problems = MailCheck.Check(
            Mail.Source(body), Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(order)), Purpose.Marketing);
        if (message is null) Assert.Empty(problems);
        else Assert.Equal(message, problems[0].Message);
    }

    [Theory]
    [InlineData("{{#if suggestion}}![]({{suggestion.imageUrl}}){{/if}}",
        "suggestion.imageUrl is not known for a customer of whose order, event and suggestions only the least "
        + "is known")]
    [InlineData("{{#each suggestions}}\n- {{title}} {{price}}\n{{/each}}",
        "price is not known for a customer of whose order, event and suggestions only the least is known")]
    [InlineData("{{#each order.lines}}\n- [{{title}}]({{url}})\n{{/each}}",
        "url is not known for a customer of whom nothing but the address is known")]
    [InlineData("{{#if order.cancelledAt}}{{order.refunded}}{{/if}}", null)]
    [InlineData("{{#if event.text}}{{event.text}}{{/if}}", null)]
    [InlineData("{{event.stars}} {{date event.at}}", null)]
    [InlineData("{{event.text}}", "event.text is not known for a customer of whom nothing but the address is known")]
    [InlineData("{{event.products}}",
        "event.products is not known for a customer of whom nothing but the address is known")]
    [InlineData("{{event.star}}",
        "review.posted carries no \"star\" (eventData in shop.json says what the shop's own events carry)")]
    [InlineData("{{#if event.star}}{{event.star}}{{/if}}",
        "review.posted carries no \"star\" (eventData in shop.json says what the shop's own events carry)")]
    [InlineData("{{#if event.total}}{{money event.total}}{{else}}{{event.stars}}{{/if}}", null)]
    [InlineData("{{#if event.total}}x{{else}}{{event.total}}{{/if}}",
        "review.posted carries no \"total\" (eventData in shop.json says what the shop's own events carry)")]
    [InlineData("[見る]({{event.page}})", null)]
    [InlineData("[見る]({{event.stars}})",
        "event.stars as a link is not known for a customer of whom everything is known")]
    [InlineData("{{#each order.lines}}\n- [{{title}}]({{default url \"https://shop.example\"}})\n{{/each}}", null)]
    [InlineData("{{coupon.code}}", "coupon.code is not known for a customer of whom everything is known")]
    [InlineData("{{#if event.price}}{{money event.price}} {{date event.day}}{{/if}}", null)]
    [InlineData("{{#if customer.familyName}}{{#if suggestion}}{{suggestion.url}}{{/if}}{{/if}}",
        "suggestion.url is not known for a customer of whose order, event and suggestions only the least is known")]
    [InlineData("{{#each suggestions}}\n- {{title}}{{#if price}} {{price}}{{/if}}\n{{/each}}", null)]
    public void A_mail_is_tried_with_the_least_that_an_order_an_event_or_a_suggestion_may_have(
        string body, string? message)
    {
        var template = Mail.Template(body);
        var problems = MailCheck.Check(
            template, Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(true, "review.posted")),
            Purpose.Marketing);
        Assert.Equal(message, problems is [var first, ..] ? first.Message : null);
    }

    [Theory]
    [InlineData("{{#each order.lines}}\n- [{{title}}]({{default url \"/shop\"}})\n{{/each}}",
        "mails/test.md:5:15: \"/shop\" leads nowhere from a mail; links read \"https://…\", \"mailto:…\", \"tel:…\" "
        + "(did you mean {{default url \"https://…\"}}?)")]
    [InlineData("はい\n\n[見る]({{default customer.familyName \"https://shop.example\"}})",
        "mails/test.md:6:6: customer.familyName as a link is not known for a customer of whom everything is known "
        + "(did you mean a blank that holds an address: order.lines and suggestions have {{url}}?)")]
    public void What_stands_for_an_address_that_is_not_known_leads_somewhere_or_is_refused_where_it_stands(
        string body, string problem) =>
        Assert.Equal(problem, Assert.Single(MailCheck.Check(
            Mail.Source(body), Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(Order: true)),
            Purpose.Marketing)).ToString());

    [Fact]
    public void An_order_mail_that_needs_an_opt_out_link_is_refused_for_it_gets_none()
    {
        var source = Mail.Source("[配信停止]({{unsubscribeUrl}})");
        Assert.Equal("unsubscribeUrl is not known for a customer of whom everything is known", MailCheck.Check(
            source, Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(Order: true)), Purpose.Transactional)[0].Message);
        Assert.Empty(MailCheck.Check(
            source, Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(Order: true)), Purpose.Marketing));
    }

    [Fact]
    public void A_mail_does_not_change_its_purpose_with_the_journey()
    {
        var (source, _) = MailSource.Parse("a", "---\nsubject: a\npurpose: transactional\n---\nb");
        var problem = Assert.Single(MailCheck.Check(
            source!, Mail.Shop, Sample.All(Mail.Shop, Mail.Now, new(Order: true)), Purpose.Marketing));
        Assert.Contains("the journey that sends it is marketing", problem.Message);
    }

    [Fact]
    public void A_shop_without_a_postal_address_publishes_no_marketing()
    {
        var shop = Mail.Shop with { PostalAddress = "" };
        Assert.Equal("every mail needs shop.postalAddress",
            MailCheck.Check(
                Mail.Source("a"), shop, Sample.All(shop, Mail.Now, new(Order: true)), Purpose.Marketing)[0].Message);
    }
}
