using Automation.Marketing.Mails;

namespace Automation.Marketing.Tests.Mails;

/// <summary>What is remarked about a mail that is right: hints, one a row.</summary>
public class MailLintTests
{
    private const string Plain = "preheader: 今週のお茶のこと\n---\n今週もお便りをお届けします。\n\n[品を見る](https://shop.example/p/1)\n";

    [Theory]
    [InlineData("subject: 師走の入り口に\n" + Plain, "")]
    [InlineData("subject: 師走の入り口に、焚き火の香りのほうじ茶をお届けします。今年もありがとうございました\n" + Plain, "SubjectLong@2")]
    [InlineData("subject: A letter about tea, and about many other things besides, for the winter\n"
        + Plain, "SubjectLong@2")]
    [InlineData("subject: 最後のお知らせ！！\n" + Plain, "SubjectShouts@2")]
    [InlineData("subject: BIG WINTER SALE\n" + Plain, "SubjectShouts@2")]
    [InlineData("subject: お茶\n---\n本文です。\n", "NoPreheader")]
    [InlineData("subject: お茶\npreheader: x\n---\n本文\n\n![](https://shop.example/a.jpg)\n",
        "PictureWithoutAlt@7 https://shop.example/a.jpg")]
    [InlineData("subject: お茶\npreheader: x\n---\n本文\n\n![急須](https://shop.example/a.jpg)\n", "")]
    [InlineData(
        "subject: お茶\npreheader: x\n---\n本文\n\n[](https://shop.example/a)\n", "EmptyLink@7 https://shop.example/a")]
    [InlineData(
        "subject: お茶\npreheader: x\n---\n本文\n[品](http://shop.example/a)\n", "InsecureLink@6 http://shop.example/a")]
    [InlineData("subject: お茶\npreheader: x\n---\nかならず当選します\n", "SuspiciousWords@5 当選")]
    [InlineData("subject: Tea\npreheader: x\n---\nClick here for tea\n", "SuspiciousWords@5 Click here")]
    public void A_mail_is_remarked_upon_at_its_line(string text, string expected)
    {
        var source = MailSource.Parse("m", $"---\n{text}").Source!;
        var hints = MailLint.Of(source, "<p>short</p>", "#2f5d50");
        Assert.Equal(expected, string.Join(", ", hints.Select(Word)));
    }

    [Fact]
    public void Html_near_what_Gmail_clips_and_a_pale_accent_are_remarked_upon()
    {
        var source = MailSource.Parse("m", $"---\nsubject: お茶\n{Plain}").Source!;
        Assert.Equal(["TooLarge 98"], MailLint.Of(source, new string('x', 100_000), "#2f5d50").Select(Word));
        Assert.Equal(["PaleAccent 1.7"], MailLint.Of(source, "", "#f0c060").Select(Word));
    }

    [Fact]
    public void A_subject_is_as_wide_as_an_inbox_shows_it()
    {
        Assert.Equal(8, MailLint.Columns("お茶 tea"));
        Assert.Equal(11, MailLint.Columns("{{customer.salutation}}へ!"));
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#ffffff", "#ffffff", 1)]
    public void Contrast_is_that_of_WCAG(string one, string other, double expected) =>
        Assert.Equal(expected, MailLint.Contrast(one, other), 0.01);

    private static string Word(MailHint hint) =>
        $"{hint.Kind}{(hint.Line is { } line ? $"@{line}" : "")}"
        + $"{(hint is { Of: { } of, Kind: not MailHintKind.SubjectLong } ? $" {of}" : "")}";
}
