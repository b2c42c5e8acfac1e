using System.Diagnostics;
using Automation.Marketing.Publishing;

namespace Automation.Marketing.Tests.Mails;

/// <summary>Files that are deeper or longer than any letter: each is a problem with its place, like every other
/// mistake.</summary>
public sealed class MailLimitTests : IDisposable
{
    private const string Shop =
        """{ "name": "月凪", "postalAddress": "静岡県", "contact": { "email": "a@example.jp" }, "timeZone":"""
        + """ "Asia/Tokyo" }""";
    private const string Head = "---\nsubject: 号\n---\nこんにちは。\n\n";
    private readonly string root = Directory.CreateTempSubdirectory("shop").FullName;

    public MailLimitTests()
    {
        Write("shop.json", Shop);
        Write("newsletters/weekly.json", """{ "name": "x", "on": ["wednesday"], "at": "10:00" }""");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
        File.WriteAllText(Path.Combine(root, file), text);
    }

    private static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    public static TheoryData<string, string> Deep => new()
    {
        { "quotes in quotes", Times(3000, "> ") + "あ" },
        { "lists in lists on one line", Times(3000, "1. ") + "あ" },
        { "lists in lists", string.Concat(Enumerable.Range(0, 150).Select(n => $"{new string(' ', 2 * n)}- あ\n")) },
        { "brackets in brackets", Times(3000, "[") + "あ" + Times(3000, "]") },
        { "brackets that stay open", Times(9000, "[") },
        { "links that stay open", Times(5000, "[あ](") },
        { "pictures that stay open", Times(5000, "![") },
        { "emphasis in emphasis", Times(400, "*あ ") + Times(400, " あ*") },
        { "emphasis that stays open", Times(6000, "*あ_") },
        { "blocks in blocks", Times(1500, "{{#if now}}") + "あ" + Times(1500, "{{/if}}") },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void A_text_that_is_nested_too_deeply_is_refused_with_its_place_and_the_others_are_still_read(
        string what, string body)
    {
        Write("mails/deep.md", Head + body);
        Write("newsletters/weekly/2026-12-02.md", Head + body);
        Write("mails/other.md", "---\nsubject: a\n---\n{{customer.salutaton}}\n");
        var watch = Stopwatch.StartNew();
        var problems = ShopPublisher.Check(root);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{what}: {watch.Elapsed}");
        Assert.Equal(
            ["mails/deep.md", "mails/other.md", "newsletters/weekly/2026-12-02.md"],
            problems.Select(problem => Path.GetRelativePath(root, problem.File)));
        Assert.All(problems.Where(problem => !problem.File.EndsWith("other.md", StringComparison.Ordinal)), problem =>
        {
            Assert.True(problem.Line >= 6, $"{what}: {problem}");
            Assert.Contains("deep", problem.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("> > > 引用\n> > - あ\n> > - い", false)]
    [InlineData("- あ\n  - い\n    - う\n      1. え\n         - **お *か* き**", false)]
    [InlineData("> > > > > > > > > > > > > > > > あ", true)]
    public void What_a_letter_holds_is_not_too_deep(string body, bool tooDeep)
    {
        Write("mails/deep.md", Head + body);
        Assert.Equal(tooDeep, ShopPublisher.Check(root).Count > 0);
    }

    [Theory]
    [InlineData("mails/long.md", "a mail has at most 30000 characters")]
    [InlineData("newsletters/weekly/2026-12-02.md", "an issue has at most 30000 characters")]
    public void A_text_longer_than_a_mail_may_be_is_refused_where_it_becomes_too_long(string file, string message)
    {
        Write(file, Head + Times(30_000, "あ\n"));
        var problem = Assert.Single(ShopPublisher.Check(root));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Line > 10_000, $"{problem}");
    }

    [Fact]
    public void A_subject_longer_than_any_inbox_shows_is_refused()
    {
        Write("mails/long.md", $"---\nsubject: {Times(600, "あ")}\n---\nこんにちは。\n");
        Assert.Equal(
            (2, 10), Assert.Single(ShopPublisher.Check(root).Select(problem => (problem.Line, problem.Column))));
    }

    [Fact]
    public void A_file_that_is_too_large_to_be_one_of_a_shop_is_not_read()
    {
        Write("journeys/huge.json", $"{{ \"name\": \"{Times(2_000_000, "x")}\" }}");
        Write("mails/huge.md", Head + Times(2_000_000, "x"));
        Assert.Equal(
            ["journeys/huge.json", "mails/huge.md"],
            ShopPublisher.Check(root).Select(problem => Path.GetRelativePath(root, problem.File)));
        Assert.All(
            ShopPublisher.Check(root),
            problem => Assert.Contains("at most 1 MB", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Brackets_in_brackets_in_a_journey_are_refused_where_they_become_too_deep()
    {
        Write("journeys/deep.json", "{ \"steps\":\n" + Times(3000, "["));
        var problem = Assert.Single(ShopPublisher.Check(root));
        Assert.Contains("nested too deeply", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, problem.Line);
    }

    [Fact]
    public void A_file_full_of_mistakes_names_the_first_hundred_of_them()
    {
        Write("journeys/full.json",
            $"{{ {string.Join(", ", Enumerable.Range(0, 40_000).Select(n => $"\"x{n}\": 1"))} }}");
        var watch = Stopwatch.StartNew();
        var problems = ShopPublisher.Check(root);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.Equal(101, problems.Count);
        Assert.Contains("more", problems[^1].Message, StringComparison.Ordinal);
    }
}
