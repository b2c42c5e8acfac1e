using Automation.Marketing.Answers;

namespace Automation.Marketing.Tests.Answers;

public sealed class AnswerSourceTests
{
    [Fact]
    public void An_answer_has_ways_to_ask_links_days_and_plain_words()
    {
        var (source, problems) = AnswerSource.Parse("gifts/wrapping", """
            ---
            ask: 包装できますか | ラッピング
            topic: gift
            links: 料金 https://shop.example/gift
            from: 2026-11-01
            until: 2026-12-25
            people: true
            ---
            220円で**承ります**。

            - 和紙の包み
            - [手提げ袋](https://shop.example/bag)
            """);
        Assert.Empty(problems);
        Assert.Equal(["包装できますか", "ラッピング"], source!.Ask);
        Assert.Equal(new AnswerLink("料金", "https://shop.example/gift"), Assert.Single(source.Links));
        Assert.Equal("220円で承ります。\n\n・和紙の包み\n・手提げ袋 https://shop.example/bag", source.Said);
        Assert.True(source.People);
        var answer = new Answer(source, []);
        Assert.False(answer.HoldsOn(new(2026, 10, 31)));
        Assert.True(answer.HoldsOn(new(2026, 11, 1)));
        Assert.True(answer.HoldsOn(new(2026, 12, 25)));
        Assert.False(answer.HoldsOn(new(2026, 12, 26)));
    }

    [Theory]
    [InlineData("ask: 送料\nasks: x", "はい。", 3, "unknown \"asks\"", "ask")]
    [InlineData("ask: 送料 |", "はい。", 2, "has no words", "送料はいくらですか | 配送料")]
    [InlineData("ask: ですか", "はい。", 2, "says nothing by which it could be found", null)]
    [InlineData("ask: 送料\nlinks: 料金表", "はい。", 3, "is not a link", "料金表 https://…")]
    [InlineData("ask: 送料\nuntil: 2026/12/1", "はい。", 3, "is not a day", "2026-12-01")]
    [InlineData("ask: 送料\nfrom: 2026-12-02\nuntil: 2026-12-01", "はい。", 4, "\"until\" is before \"from\"", null)]
    [InlineData("ask: 送料\npeople: treu", "はい。", 3, "is true or false", "true")]
    [InlineData("ask: 送料", "はい、{{customer.name}}さま", 4, "answers have no blanks", null)]
    [InlineData("ask: 送料", "はい。\n\n![絵](https://shop.example/p.png)", 6, "pictures and tables are not shown", null)]
    [InlineData("topic: shipping", "はい。", 1, "an answer needs \"ask\"", "ask: …")]
    public void What_is_wrong_is_said_with_its_place(
        string front, string body, int line, string message, string? meant)
    {
        var (source, problems) = AnswerSource.Parse("shipping", $"---\n{front}\n---\n{body}\n");
        Assert.Null(source);
        var problem = Assert.Single(problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(("answers/shipping.md", line), (problem.File, problem.Line));
        if (meant is not null) Assert.Equal(meant, problem.Suggestion);
    }

    [Fact]
    public void Files_of_one_name_are_one_answer_in_several_languages()
    {
        var japanese = Parse("shipping", "送料", "550円です。");
        var english = Parse("shipping.en", "shipping", "¥550.");
        var answer = Assert.Single(Answer.Of([english, japanese]));
        Assert.Equal("shipping", answer.Name);
        Assert.Equal("¥550.", answer.In("en").Said);
        Assert.Equal("550円です。", answer.In("ja").Said);
        Assert.Equal("550円です。", answer.In("fr").Said);
    }

    [Theory]
    [InlineData("送料はいくら", "ソウリョウ", false)]
    [InlineData("ＣＯＦＦＥＥカップ", "coffeeｶｯﾌﾟ", true)]
    [InlineData("ユーザー登録", "ﾕｰｻﾞ登録", true)]
    [InlineData("らっぴんぐ", "ラッピング！！", true)]
    public void Width_kana_case_and_long_marks_do_not_count(string one, string other, bool same) =>
        Assert.Equal(same, QuestionText.Fold(one) == QuestionText.Fold(other));

    [Fact]
    public void What_fits_too_little_is_no_answer_and_what_is_not_true_today_is_not_found()
    {
        var index = new AnswerIndex(Answer.Of(
        [
            Parse("shipping", "送料はいくらですか | 配送料", "550円です。"),
            Parse("new-year", "年末年始の営業", "休みます。", "until: 2026-01-10"),
        ]), []);
        Assert.Equal("shipping", index.Search("すみません、送料っていくらでしょうか？", Day(2026, 1, 5)).Best!.Answer.Name);
        Assert.Null(index.Search("月食の日は猫に何をあげますか", Day(2026, 1, 5)).Best);
        Assert.Empty(index.Search("月食の日は猫に何をあげますか", Day(2026, 1, 5)).Near);
        Assert.Equal("new-year", index.Search("年末年始は営業していますか", Day(2026, 1, 10)).Best!.Answer.Name);
        Assert.Empty(index.Search("年末年始は営業していますか", Day(2026, 1, 11)).Near);
    }

    [Fact]
    public void Products_are_found_by_the_words_they_are_called_by()
    {
        var index = new AnswerIndex([],
        [
            new()
            {
                Key = "shop:1",
                Title = "深蒸し煎茶「朝もや」 80g",
                Price = 1296,
                Currency = "JPY",
                Url = null,
                IsOwn = true,
            },
            new()
            {
                Key = "demo:2",
                Title = "粉引の湯のみ",
                Price = 2860,
                Currency = "JPY",
                Url = null,
                IsOwn = false,
            },
        ]);
        Assert.Equal("shop:1", index.Search("朝もやはいくらですか", Day(2026, 1, 5)).Wares[0].Product.Key);
        Assert.Equal("demo:2", index.Search("湯のみの値段を教えて", Day(2026, 1, 5)).Wares[0].Product.Key);
        Assert.Empty(index.Search("送料はいくらですか", Day(2026, 1, 5)).Wares);
    }

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private static AnswerSource Parse(string name, string ask, string body, string more = "")
    {
        var (source, problems) = AnswerSource.Parse(
            name, $"---\nask: {ask}\n{(more.Length > 0 ? more + "\n" : "")}---\n{body}\n");
        Assert.Empty(problems);
        return source!;
    }
}
