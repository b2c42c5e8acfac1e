using System.Text.Json.Nodes;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Tests.Mails;

namespace Automation.Marketing.Tests.Lines;

public sealed class LineTextTests
{
    private const string Front = "---\nalt: お茶の淹れ方\n---\n";

    private static JsonObject Message(string file, Func<Marketing.Segments.Situation,
        Marketing.Segments.Situation>? with = null)
    {
        var (source, wrong) = LineSource.Parse("test", file);
        Assert.Empty(wrong);
        var (template, problems) = LineTemplate.Compile(source!);
        Assert.Empty(problems);
        var situation = with is null ? Mail.Situation : with(Mail.Situation);
        return JsonNode.Parse(template!.Render(situation, Purpose.Marketing, "https://shop.example/u/1").Json)!
            .AsObject();
    }

    /// <summary>What is said of a file when the shop is checked.</summary>
    private static IReadOnlyList<Problem> Problems(string file, Purpose purpose = Purpose.Marketing)
    {
        var (source, wrong) = LineSource.Parse("test", file);
        if (source is null) return wrong;
        var (template, problems) = LineTemplate.Compile(source);
        return template is null ? problems : LineCheck.Check(template, Mail.Shop, Sample.All(
            Mail.Shop, Mail.Now, new Occasion(Order: true)), purpose);
    }

    [Fact]
    public void Paragraphs_alone_are_a_text_with_its_links_behind_their_words()
    {
        var message = Message(Front + "{{customer.familyName}}様\nこんにちは。\n\n[淹れ方](https://shop.example/brew)は"
            + "こちら。\n");
        Assert.Equal("text", (string)message["type"]!);
        Assert.Equal($"{Mail.Sato.FamilyName}様\nこんにちは。\n\n淹れ方 https://shop.example/brewはこちら。",
            (string)message["text"]!);
    }

    [Fact]
    public void A_picture_a_heading_a_sentence_and_a_button_are_a_product_card()
    {
        var message = Message(Front + """
            ![急須](https://shop.example/pot.jpg)

            # 常滑の急須

            手になじむ大きさです。

            [見てみる](https://shop.example/p/7)
            [いらない](tap:no)
            """);
        Assert.Equal("flex", (string)message["type"]!);
        Assert.Equal("お茶の淹れ方", (string)message["altText"]!);
        var bubble = message["contents"]!;
        Assert.Equal("bubble", (string)bubble["type"]!);
        Assert.Equal("https://shop.example/pot.jpg", (string)bubble["hero"]!["url"]!);
        Assert.Equal(["常滑の急須", "手になじむ大きさです。"],
            bubble["body"]!["contents"]!.AsArray().Select(one => (string)one!["text"]!));
        var buttons = bubble["footer"]!["contents"]!.AsArray();
        Assert.Equal("uri", (string)buttons[0]!["action"]!["type"]!);
        Assert.Equal("見てみる", (string)buttons[0]!["action"]!["label"]!);
        Assert.Equal("https://shop.example/p/7", (string)buttons[0]!["action"]!["uri"]!);
        Assert.Equal("primary", (string)buttons[0]!["style"]!);
        Assert.Equal("postback", (string)buttons[1]!["action"]!["type"]!);
        Assert.Equal("no", (string)buttons[1]!["action"]!["data"]!);
        Assert.Equal("いらない", (string)buttons[1]!["action"]!["displayText"]!);
    }

    [Fact]
    public void An_order_is_a_table_and_a_coupon_stands_in_a_frame()
    {
        var bubble = Message(Front + """
            ## ご注文 {{order.number}}

            |  |  |
            |---|---:|
            {{#each order.lines}}
            | {{title}} | {{price}} |
            {{/each}}
            | 合計 | {{order.total}} |

            ```
            TEA2026
            ```
            """)["contents"]!;
        var rows = bubble["body"]!["contents"]![1]!["contents"]!.AsArray();
        Assert.Equal(Mail.Situation.Order!.Lines.Count + 1, rows.Count);
        Assert.Equal(["合計", "end"], [(string)rows[^1]!["contents"]![0]!["text"]!,
            (string)rows[^1]!["contents"]![1]!["align"]!]);
        Assert.Equal("TEA2026", (string)bubble["body"]!["contents"]![2]!["contents"]![0]!["text"]!);
    }

    [Fact]
    public void A_line_begins_the_next_bubble_and_quick_replies_lie_below()
    {
        var message = Message("""
            ---
            alt: おすすめ
            quick: はい | もっと見る https://shop.example/more | いいえ tap:no
            ---
            # 一つめ

            ---

            # 二つめ
            """);
        Assert.Equal(["一つめ", "二つめ"], message["contents"]!["contents"]!.AsArray()
            .Select(bubble => (string)bubble!["body"]!["contents"]![0]!["text"]!));
        Assert.Equal(["message", "uri", "postback"], message["quickReply"]!["items"]!.AsArray()
            .Select(item => (string)item!["action"]!["type"]!));
    }

    [Fact]
    public void What_a_customer_is_called_is_only_text()
    {
        var message = Message(
            Front + "# {{customer.familyName}}様\n\n"
                + "[{{customer.familyName}}](https://shop.example/{{customer.familyName}})\n",
            situation => situation with { Customer = situation.Customer with { FamilyName = "A] (b) *c* \"d\"" } });
        var bubble = message["contents"]!;
        Assert.Equal("A] (b) *c* \"d\"様", (string)bubble["body"]!["contents"]![0]!["text"]!);
        var action = bubble["footer"]!["contents"]![0]!["action"]!;
        Assert.Equal("A] (b) *c* \"d\"", (string)action["label"]!);
        Assert.Equal("https://shop.example/A%5D%20%28b%29%20%2Ac%2A%20%22d%22", (string)action["uri"]!);
    }

    [Fact]
    public void The_words_of_mails_blocks_are_understood_or_said_otherwise()
    {
        var bubble = Message(
            Front + "![茶](pictures/tea.png){width=200}\n\n```coupon\nTEA2026\n12月末まで\n```\n",
            situation => situation with
            {
                Shop = Mail.Shop with
                {
                    Pictures = new Dictionary<string, string> { ["tea.png"] = "https://shop.example/1/tea.png" },
                },
            })["contents"]!;
        Assert.Equal("https://shop.example/1/tea.png", (string)bubble["hero"]!["url"]!);
        Assert.Equal(["TEA2026", "12月末まで"], bubble["body"]!["contents"]![0]!["contents"]!.AsArray()
            .Select(words => (string)words!["text"]!));
        Assert.Contains(
            "a table", Assert.Single(Problems(Front + "```order\n```\n")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "a bubble", Assert.Single(Problems(Front + "```products suggestions\n```\n")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no picture", Assert.Single(Problems(Front + "# a\n\n![茶](pictures/tea.png)\n")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# 見出し\n", 1, "begins with a line --- and its alt")]
    [InlineData("---\nquick: a\n---\n本文\n", 1, "\"alt\"")]
    [InlineData("---\nalt: a\nsubject: b\n---\n本文\n", 3, "unknown \"subject\"")]
    [InlineData("---\nalt: a\n---\n{{customer.famlyName}}\n", 4, "unknown blank")]
    [InlineData("---\nalt: a\n---\n{{customer.familyName}}\n", 4, "is not known for a customer")]
    [InlineData("---\nalt: a\n---\n# b\n\n[c](http://shop.example/)\n", 6, "leads nowhere from LINE")]
    [InlineData("---\nalt: a\n---\n# b\n\n[c](mailto:a@b.jp)\n", 6, "leads nowhere from LINE")]
    [InlineData("---\nalt: a\n---\n# b\n\n[このボタンの文字は二十文字を一つ超えています](https://shop.example/)\n", 6, "at most 20")]
    [InlineData("---\nalt: a\n---\n# b\n\nまず[c](https://shop.example/)を\n", 6, "on a line of its own")]
    [InlineData("---\nalt: a\n---\n# b\n\n![c](http://shop.example/c.jpg)\n", 6, "https")]
    [InlineData("---\nalt: a\nquick: a|b|c|d|e|f|g|h|i|j|k|l|m|n\n---\n本文\n", 3, "13 quick replies")]
    [InlineData("---\nalt: a\nquick: a | https://shop.example/\n---\n本文\n", 3, "no words")]
    [InlineData("---\nalt: a\npurpose: transactional\n---\n本文\n", 1, "the journey that sends it is marketing")]
    public void What_LINE_would_not_take_is_said_with_its_line(string file, int line, string said)
    {
        var problem = Assert.Single(Problems(file));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
        Assert.Equal("lines/test.md", problem.File);
    }

    [Fact]
    public void Too_much_is_refused()
    {
        Assert.Contains("5000", Assert.Single(Problems(
            Front + new string('あ', 5001))).Message, StringComparison.Ordinal);
        Assert.Contains("12 bubbles", Assert.Single(Problems(
            Front + string.Join("\n\n---\n\n", Enumerable.Repeat("# a", 13)))).Message, StringComparison.Ordinal);
        Assert.Contains("30000 bytes", Assert.Single(Problems(
            Front + "# a\n\n" + new string('あ', 10_001))).Message, StringComparison.Ordinal);
        Assert.Contains("400", Assert.Single(Problems(
            $"---\nalt: {new string('あ', 401)}\n---\n本文\n")).Message, StringComparison.Ordinal);
    }
}
