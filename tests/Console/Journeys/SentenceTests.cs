using System.Text;
using Automation.Console.Journeys;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;

namespace Automation.Console.Tests.Journeys;

/// <summary>Every part of the journey language, read aloud in both languages.</summary>
public sealed class SentenceTests
{
    [Theory]
    [InlineData("""{ "do": "send", "mail": "a/b" }""", "メール「a/b」を送ります。", "Send the mail “a/b”.")]
    [InlineData("""{ "do": "coupon", "pool": "thanks" }""",
        "クーポン「thanks」を1枚取ります。", "Take a code from the coupons “thanks”.")]
    [InlineData("""{ "do": "wait", "for": "14 days" }""", "注文から14日待ちます。", "Wait for 14 days after the order.")]
    [InlineData("""{ "do": "wait", "for": "2 hours" }, { "do": "leave", "because": "x" }""",
        "注文から2時間後に、ここで終わります（理由：x）。", "2 hours after the order, leave here (because: x).")]
    [InlineData("""{ "do": "wait", "until": { "at": "10:00" } }""", "次の10:00まで待ちます。", "Wait until the next 10:00.")]
    [InlineData(
        """{ "do": "wait", "until": { "days": ["tuesday", "thursday"], "at": "10:00" } }, { "do": "send", "mail":"""
        + """ "m" }""",
        "次の火・木曜日の10:00に、メール「m」を送ります。", "On the next Tuesday or Thursday at 10:00, send the mail “m”.")]
    [InlineData("""{ "do": "wait", "until": { "field": "order.fulfilledAt", "offset": "30 days", "at": "09:00" } }""",
        "発送日時の30日後（9:00）まで待ちます（分からないお客様はここで終わります）。",
        "Wait until 30 days after the shipping at 9:00 (whoever has none leaves here).")]
    [InlineData(
        """{ "do": "wait", "until": { "field": "customer.attributes.birthday", "yearly": true, "offset": "7 days","""
        + """ "before": true } }, { "do": "send", "mail": "m" }""",
        "毎年の「birthday」の7日前に（分からないお客様はここで終わります）、メール「m」を送ります。",
        "7 days before “birthday” (each year's next) (whoever has none leaves here), send the mail “m”.")]
    [InlineData("""{ "do": "wait", "until": { "field": "order.paidAt", "missing": "continue" } }""",
        "支払日時まで待ちます（分からないお客様は待たずに進みます）。",
        "Wait until the payment (whoever has none goes straight on).")]
    [InlineData(
        """{ "do": "wait", "for": { "field": "order.usualInterval", "factor": 0.9, "offset": "3 days","""
        + """ "before": true } }, { "do": "send", "mail": "m" }""",
        "注文から注文商品のいつもの購入間隔(日)の0.9倍より3日短い期間後に（分からないお客様はここで終わります）、メール「m」を送ります。",
        "0.9 times the usual interval until the order's products are bought again less 3 days after the order (whoever"
        + " has none leaves here), send the mail “m”.")]
    [InlineData("""{ "do": "waitFor", "event": ["order.paid", "mail.clicked"], "upTo": "3 weeks" }""",
        "注文の支払いが済むかメールのリンクが押されるのを、最長3週間待ちます。",
        "Wait up to 3 weeks until an order is paid or a link in the mail is clicked.")]
    [InlineData("""{ "do": "waitFor", "event": "order.fulfilled", "upTo": "3 weeks" }""",
        "注文の品を発送するのを、最長3週間待ちます。", "Wait up to 3 weeks until an order is shipped.")]
    [InlineData(
        """{ "do": "waitFor", "event": "mail.clicked", "upTo": "1 day", "where": { "event.mail": "m" }, "then": [ """
        + """{ "do": "send", "mail": "a" } ], "else": [ { "do": "send", "mail": "b" } ] }""",
        "メールのリンクが押されるのを、最長1日待ちます（条件：メールの名前が「m」）：\n  起きたら：\n    メール「a」を送ります。\n  1日たっても起きなければ：\n    メール「b」を送ります。",
        "Wait up to 1 day until a link in the mail is clicked (if the mail is “m”):\n  When it happens:\n    Send the "
        + "mail “a”.\n  If it has not after 1 day:\n    Send the mail “b”.")]
    [InlineData(
        """{ "do": "branch", "if": { "order.total": { "gte": 10000 } }, "then": [ { "do": "wait", "for": "1 day" }"""
        + """, { "do": "send", "mail": "a" } ], "else": [ { "do": "send", "mail": "b" } ] }""",
        "注文金額が10,000円以上なら：\n  その1日後に、メール「a」を送ります。\nそうでなければ：\n  メール「b」を送ります。",
        "If the order's total is at least ¥10,000:\n  1 day later, send the mail “a”.\nOtherwise:\n  Send the "
        + "mail “b”.")]
    [InlineData(
        """{ "do": "split", "arms": [ { "name": "letter", "percent": 90, "steps": [ { "do": "send", "mail": "a" } ] """
        + """}, { "name": "quiet", "percent": 10, "holdout": true } ] }""",
        "お客様を次の割合で分けます（同じお客様はいつも同じ側）：\n  90%「letter」：\n    メール「a」を送ります。\n  10%「quiet」：何も送らず、比べるためにここで終わります。",
        "Share the customers out (the same customer always goes the same way):\n  90 % “letter”:\n    Send the mail "
        + "“a”.\n  10 % “quiet”: get nothing and end here, for comparison.")]
    [InlineData(
        """{ "do": "update", "addTags": ["gift"], "removeTags": ["new"], "set": { "visits": 0, "note": null } }""",
        "タグ「gift」を付け、タグ「new」を外し、「visits」を「0」にし、「note」を消します。",
        "Add the tag “gift”, take away the tag “new”, set “visits” to “0”, clear “note”.")]
    [InlineData("""{ "do": "call", "url": "https://kanri.example.jp/gift" }""",
        "kanri.example.jpに知らせます。", "Tell another system (kanri.example.jp).")]
    [InlineData(
        """{ "do": "start", "journey": "welcome" }""", "ジャーニー「welcome」を始めます。", "Let the journey “welcome” begin.")]
    [InlineData("""{ "do": "leave", "because": "done" }""", "ここで終わります（理由：done）。", "Leave here (because: done).")]
    public void Steps_are_read_aloud(string steps, string japanese, string english)
    {
        var journey = Journey(steps: steps);
        Assert.Equal(japanese, Middle(journey, Language.Japanese));
        Assert.Equal(english, Middle(journey, Language.English));
    }

    [Theory]
    [InlineData("""{ "event": ["order.placed", "order.paid"] }""",
        "注文が入ったか注文の支払いが済んだときに始まります。", "Starts when an order is placed or an order is paid.")]
    [InlineData(
        """{ "date": "customer.attributes.birthday", "yearly": true, "offset": "7 days", "before": true,"""
        + """ "at": "10:00" }""",
        "毎年の「birthday」の7日前（10:00）に始まります。", "Starts 7 days before “birthday” each year at 10:00.")]
    [InlineData("""{ "becomes": { "customer.orders.count": { "gte": 5 } } }""",
        "「注文回数が5回以上」に当てはまるようになったときに始まります。",
        "Starts as soon as the number of orders is at least 5.")]
    public void What_starts_a_journey_is_read_aloud(string trigger, string japanese, string english)
    {
        var journey = Journey(trigger: trigger);
        Assert.Equal(japanese, First(journey, Language.Japanese));
        Assert.Equal(english, First(journey, Language.English));
        Assert.Equal(BoxKind.Trigger, Drawing.Of(journey, Language.Japanese).Boxes[0].Kind);
    }

    [Theory]
    [InlineData("""{ "customer.orders.count": 1 }""", "注文回数が1回", "the number of orders is 1")]
    [InlineData("""{ "customer.orders.count": { "ne": 1 } }""", "注文回数が1回ではない", "the number of orders is not 1")]
    [InlineData("""{ "order.total": { "gt": 5000 } }""", "注文金額が5,000円より大きい", "the order's total is more than ¥5,000")]
    [InlineData("""{ "order.total": { "lt": 5000 } }""", "注文金額が5,000円未満", "the order's total is less than ¥5,000")]
    [InlineData("""{ "order.total": { "lte": 5000 } }""", "注文金額が5,000円以下", "the order's total is at most ¥5,000")]
    [InlineData("""{ "order.channel": { "in": ["web", "pos"] } }""", "販売経路がオンライン、店頭のどれか",
        "the sales channel is one of online, at the counter")]
    [InlineData("""{ "order.channel": { "notIn": ["pos"] } }""", "販売経路が店頭のどれでもない",
        "the sales channel is none of at the counter")]
    [InlineData("""{ "customer.tags": "vip" }""", "タグに「vip」がある", "the tags include “vip”")]
    [InlineData(
        """{ "customer.tags": { "in": ["a", "b"] } }""", "タグに「a」、「b」のどれかがある", "the tags include one of “a”, “b”")]
    [InlineData("""{ "customer.tags": { "notIn": ["a"] } }""", "タグに「a」のどれもない", "the tags include none of “a”")]
    [InlineData("""{ "customer.email": { "contains": "@" } }""", "メールアドレスに「@」が含まれる", "the e-mail address contains “@”")]
    [InlineData("""{ "customer.phone": { "exists": true } }""", "電話番号がわかっている", "the phone number is known")]
    [InlineData("""{ "customer.phone": { "exists": false } }""", "電話番号がわからない", "the phone number is not known")]
    [InlineData("""{ "order.total": { "gte": { "field": "customer.orders.averageTotal" } } }""",
        "注文金額が平均購入額以上", "the order's total is at least the average order")]
    [InlineData("""{ "order.daysSinceDelivered": { "gte": 10 } }""",
        "到着からの日数が10日以上", "the time since the delivery is at least 10 days")]
    [InlineData("""{ "order.partiallyFulfilled": true }""", "一部発送済みである", "a shipping of only a part: yes")]
    [InlineData("""{ "customer.orders.lastAt": { "within": "30 days" } }""", "最後の注文日時がこの30日以内",
        "the latest order was within the last 30 days")]
    [InlineData("""{ "customer.orders.lastAt": { "olderThan": "1 year" } }""", "最後の注文日時が1年より前",
        "the latest order was more than 1 year ago")]
    [InlineData("""{ "order.placedAt": { "gte": "2026-11-01" } }""", "注文日時が2026-11-01以後",
        "the order is on or after 2026-11-01")]
    [InlineData("""{ "customer.consent.email": "given" }""", "メール案内への同意が同意あり", "consent by e-mail is given")]
    [InlineData("""{ "not": { "customer.tags": "vip" } }""", "「タグに「vip」がある」ではない", "not (the tags include “vip”)")]
    [InlineData("""{ "not": { "order.channel": "pos" } }""", "販売経路が店頭ではない", "the sales channel is not at the counter")]
    [InlineData(
        """{ "all": [ { "customer.orders.count": 2 }, { "any": [ { "customer.tags": "a" }, { "order.channel":"""
        + """ "pos" } """
        + """] } ] }""",
        "注文回数が2回、かつ（タグに「a」がある、または販売経路が店頭）",
        "the number of orders is 2 and (the tags include “a” or the sales channel is at the counter)")]
    public void Conditions_are_read_aloud(string condition, string japanese, string english)
    {
        var journey = Journey(trigger: $$"""{ "event": "order.placed", "where": {{condition}} }""");
        Assert.Equal($"注文が入ったときに始まります（条件：{japanese}）。", First(journey, Language.Japanese));
        Assert.Equal($"Starts when an order is placed, if {english}.", First(journey, Language.English));
    }

    [Theory]
    [InlineData(""" "leaveWhen": { "customer.tags": "vip" }, """,
        "「タグに「vip」がある」に当てはまると、待っている途中でもそこで終わります。",
        "It ends, even in the middle of a wait, as soon as the tags include “vip”.")]
    [InlineData(""" "active": { "from": "2026-12-01", "until": "2026-12-25" }, """,
        "新しく始まるのは2026-12-01から2026-12-25までです。", "It starts people from 2026-12-01 to 2026-12-25 only.")]
    [InlineData(""" "per": "event.at", """, "出来事の日時ごとに別々に数えます。お一人につき1回だけです。",
        "It is walked for each when it happened on its own. Each customer walks it only once.")]
    [InlineData("", "お一人につき1回だけです。", "Each customer walks it only once.")]
    [InlineData(""" "reentry": "always", """, "終わったお客様は、きっかけがあればまた始まります。", "Whoever has finished may begin again.")]
    [InlineData(""" "reentry": { "after": "6 months" }, """,
        "同じお客様がまた始められるのは、前回の始まりから6か月たってからです。", "The same customer may begin again 6 months after the last start.")]
    [InlineData(""" "per": "order", """, "注文ごとに1回ずつ始まります。", "It is walked once for each order.")]
    [InlineData(
        """ "leaveOn": [ { "event": "order.placed" }, { "event": "order.refunded", "where": { "order.refunded": """
        + """{ "gte": 1000 } } } ], """,
        "注文が入った、注文が返金された（条件：返金額が1,000円以上）ときは、待っている途中でもそこで終わります。",
        "It ends at once, even in the middle of a wait, when an order is placed or an order is refunded (if the "
        + "amount refunded is at least ¥1,000).")]
    [InlineData(""" "goal": { "event": "order.placed", "within": "60 days" }, """,
        "目標は、始まりから60日以内に注文が入ることです。", "Its goal: an order is placed within 60 days of the start.")]
    [InlineData(""" "window": { "days": ["tuesday", "wednesday"], "from": "09:00", "to": "20:00" }, """,
        "メールを送るのは、お客様の時間帯で火・水曜日の9:00〜20:00だけです。",
        "Its mails go out only Tuesday or Wednesday from 9:00 to 20:00, in the customer's time zone.")]
    [InlineData(""" "window": { "from": "21:00", "to": "08:00" }, """,
        "メールを送るのは、お客様の時間帯で毎日の21:00〜翌日8:00だけです。",
        "Its mails go out only every day from 21:00 to 8:00 the day after, in the customer's time zone.")]
    public void What_surrounds_the_steps_is_read_aloud(string more, string japanese, string english)
    {
        var journey = Journey(more: more);
        Assert.Contains(japanese, JourneySentences.Of(journey, Language.Japanese).Select(one => one.Text));
        Assert.Contains(english, JourneySentences.Of(journey, Language.English).Select(one => one.Text));
    }

    [Fact]
    public void A_first_wait_counts_from_what_began_the_journey()
    {
        var journey = JourneyTemplates.Find("second-purchase")!.Journey;
        Assert.Equal("初回の発送から14日後に、メール「second-purchase/how-is-it」を送ります。",
            JourneySentences.Of(journey, Language.Japanese)[1].Text);
        Assert.Equal("14 days after the first shipping, send the mail “second-purchase/how-is-it”.",
            JourneySentences.Of(journey, Language.English)[1].Text);
    }

    [Fact]
    public void Every_step_of_the_shipped_journeys_is_said_or_said_with_the_next_one_and_drawn()
    {
        foreach (var template in JourneyTemplates.All)
        {
            var steps = Steps.All(template.Journey.Steps).ToList();
            var said = JourneySentences.Of(template.Journey, Language.Japanese).Count(one => one.Cursor is not null);
            Assert.InRange(said, steps.Count(step => step is not Step.Wait), steps.Count);
            var drawing = Drawing.Of(template.Journey, Language.Japanese);
            Assert.Equal(steps.Count(step => step is not Step.Wait),
                drawing.Boxes.Count(box => box.Cursor is not null && box.Kind != BoxKind.End));
            Assert.Equal(steps.Count(step => step is Step.Wait), drawing.Waits.Count(wait => wait.Text.Length > 0));
            Assert.All(drawing.Boxes, box => Assert.True(box.X >= 0 && box.X + Box.Width <= drawing.Width
                && box.Y + box.Height <= drawing.Height));
        }
    }

    [Fact]
    public void A_wait_is_drawn_as_long_as_its_time()
    {
        var drawing = Drawing.Of(Journey(
            steps: """{ "do": "wait", "for": "3 weeks" }, { "do": "wait", "for": "7 weeks" }, { "do": "wait","""
                + """ "for": "1 hour" }"""),
            Language.English);
        var lengths = drawing.Waits.Select(wait => wait.Length).ToList();
        Assert.True(lengths[2] < lengths[0] && lengths[0] < lengths[1]);
        Assert.Equal(3.0 / 7, (lengths[0] - lengths[2]) / (lengths[1] - lengths[2]), 2);
    }

    [Fact]
    public void Branches_stand_side_by_side_and_never_on_each_other()
    {
        var drawing = Drawing.Of(Journey(steps: """
            { "do": "split", "arms": [
              { "name": "a", "percent": 50, "steps": [
                { "do": "branch", "if": { "customer.tags": "x" },
                  "then": [ { "do": "send", "mail": "1" } ], "else": [ { "do": "send", "mail": "2" } ] } ] },
              { "name": "b", "percent": 40, "steps": [
                { "do": "waitFor", "event": "mail.clicked", "upTo": "5 days",
                  "then": [ { "do": "leave", "because": "3" } ] } ] },
              { "name": "c", "percent": 10, "holdout": true } ] },
            { "do": "send", "mail": "4" }
            """), Language.English);
        foreach (var (one, n) in drawing.Boxes.Select((box, n) => (box, n)))
            foreach (var other in drawing.Boxes.Skip(n + 1))
                Assert.False(
                    Math.Abs(one.X - other.X) < Box.Width && Math.Abs(one.Y - other.Y) < one.Height,
                    $"{one.Text} lies on {other.Text}");
    }

    private static string First(Journey journey, Language say) => JourneySentences.Of(journey, say)[0].Text;

    /// <summary>The sentences of the steps, between the one of the trigger and those about the whole.</summary>
    private static string Middle(Journey journey, Language say)
    {
        var purpose = say["お買い物そのもの", "Its mails are about"];
        return string.Join('\n', JourneySentences.Of(journey, say).Skip(1)
            .TakeWhile(one => !one.Text.StartsWith(purpose, StringComparison.Ordinal)));
    }

    internal static Journey Journey(
        string steps = """{ "do": "send", "mail": "m" }""", string trigger = """{ "event": "order.placed" }""",
        string more = "")
    {
        var json =
            $$"""{ "name": "n", "purpose": "transactional", "trigger": {{trigger}}, {{more}} "steps": [ """
            + $$"""{{steps}} ] }""";
        var (journey, problems) = JourneyReader.Read("j.json", Encoding.UTF8.GetBytes(json), Names.Unchecked);
        Assert.True(journey is not null, string.Join("\n", problems));
        return journey;
    }
}
