using System.Text;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Mails;

/// <summary>One mail in several languages.</summary>
public sealed class LanguageTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("shop").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static readonly ShopSettings Shop = Mail.Shop with
    {
        Languages = new Dictionary<string, ShopLanguage>
        {
            ["en"] = new() { Name = "Tea & <Pots>", PostalAddress = "1-2-3 Shizuoka" },
            ["fr"] = new()
            {
                OptOut = "Si vous ne souhaitez plus nos lettres :",
                Unsubscribe = "Se désabonner",
                Contact = "Contact",
                Salutation = "Bonjour {name}",
                Somebody = "Bonjour",
            },
        },
    };

    private static MailTemplate Written(string name, string body) =>
        MailTemplate.Compile(MailSource.Parse(name, $"---\nsubject: s\n---\n{body}").Source!).Template!;

    private static RenderedMail Render(string name, string body) => Written(name, body)
        .Render(Mail.Situation with { Shop = Shop }, Purpose.Marketing, Mail.Unsubscribe);

    [Fact]
    public void A_mail_in_another_language_says_everything_in_it()
    {
        var mail = Render("a.en", "{{customer.salutation}},\n\n{{shop.name}}: {{date order.placedAt}}, "
            + "{{order.placedAt}}, {{date order.placedAt \"d MMM (ddd)\"}}\n\n```order\n```");
        Assert.StartsWith(
            "Dear 花子 佐藤,\n\nTea & <Pots>: 22 November 2026, 22 November 2026, 22 Nov (Sun)\n", mail.Text,
            StringComparison.Ordinal);
        Assert.Contains("Total  ¥5,800", mail.Text, StringComparison.Ordinal);
        Assert.Contains(
            "If you would rather not get these mails, you can stop them here at any time.\n" + Mail.Unsubscribe,
            mail.Text, StringComparison.Ordinal);
        Assert.Contains("Tea & <Pots>\n1-2-3 Shizuoka\nContact: ", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", mail.Html, StringComparison.Ordinal);
        Assert.Contains(">Unsubscribe</a>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("配信", mail.Html + mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Shop.PostalAddress, mail.Html + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_a_third_language_are_the_shops()
    {
        var mail = Render("a.fr", "{{customer.salutation}} {{date order.placedAt}}");
        Assert.StartsWith("Bonjour 花子 佐藤 2026-11-22\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Si vous ne souhaitez plus nos lettres :\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains(">Se désabonner</a>", mail.Html, StringComparison.Ordinal);
        var problem = Assert.Single(MailCheck.Check(
            Written("a.de", "Guten Tag").Source, Shop, Sample.All(Shop, Mail.Now, Occasion.None), Purpose.Marketing));
        Assert.Contains("no words for mails in de", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "a.en")]
    [InlineData("en-GB", "a.en")]
    [InlineData("fr-CA", "a.fr-ca")]
    [InlineData("fr", "a")]
    [InlineData("ja", "a")]
    [InlineData(null, "a")]
    public async Task The_customers_language_chooses(string? language, string expected)
    {
        await using var house = await House.Open();
        var mails = new PublishedMails(house.Tables, house.Clock);
        await mails.Publish(
            [.. ((string[])["a", "a.en", "a.fr-CA", "a.fr-ca", "b"]).Select(name => Written(name, "x"))]);
        Assert.Equal(expected, (await mails.Find("a", language))!.Name, ignoreCase: true);
        Assert.Equal("b", (await mails.Find("b", language))!.Name);
        Assert.Equal("a", (await mails.Find("a", language))!.Source.Original);
    }

    [Fact]
    public void Each_language_is_checked_for_the_journeys_that_send_the_mail()
    {
        Directory.CreateDirectory(Path.Combine(root, "mails"));
        Directory.CreateDirectory(Path.Combine(root, "journeys"));
        void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text, Encoding.UTF8);
        Write("shop.json", """
            { "name": "月凪", "postalAddress": "静岡", "contact": { "email": "a@example.jp" }, "timeZone": "Asia/Tokyo" }
            """);
        Write("journeys/j.json", """
            { "name": "j", "purpose": "marketing", "trigger": { "event": "customer.late" },
              "steps": [ { "do": "send", "mail": "a" } ] }
            """);
        Write("mails/a.md", "---\nsubject: s\npurpose: marketing\n---\nこんにちは。\n");
        Write("mails/a.en.md", "---\nsubject: s\npurpose: marketing\n---\nHello {{order.number}}\n");
        Write("mails/a.fr.md", "---\nsubject: s\n---\nBonjour\n");
        Write("mails/aa.en.md", "---\nsubject: s\npurpose: marketing\n---\nHello\n");
        var problems = ShopPublisher.Check(root).Select(problem =>
            $"{Path.GetFileName(problem.File)}:{problem.Line} {problem.Message} ({problem.Suggestion})").ToList();
        Assert.Collection(problems,
            one => Assert.StartsWith("a.en.md:5 order.number is not known", one, StringComparison.Ordinal),
            one => Assert.Contains("(purpose: marketing)", one, StringComparison.Ordinal),
            one => Assert.StartsWith("a.fr.md:1 there are no words for mails in fr", one, StringComparison.Ordinal),
            one => Assert.StartsWith("aa.en.md:1 there is no mail \"aa\"", one, StringComparison.Ordinal));
    }

    [Fact]
    public void An_issue_may_say_its_language()
    {
        var issue = IssueSource.Parse("world", "2026-12-02", "---\nsubject: s\nlanguage: en\n---\nHello\n").Source!;
        Assert.Equal("en", issue.Mail.Language);
        var page = SharedPage.Of(MailTemplate.Compile(issue.Mail).Template!, Shop, Purpose.Marketing, "5eed");
        Assert.Contains("Tea &amp; &lt;Pots&gt;", page.Html, StringComparison.Ordinal);
        Assert.Contains("Unsubscribe", page.Html, StringComparison.Ordinal);
        Assert.NotEmpty(IssueSource.Parse("world", "x", "---\nsubject: s\nlanguage: 英語\n---\nHello\n").Problems);
    }
}
