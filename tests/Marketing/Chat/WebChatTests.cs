using System.Text.RegularExpressions;
using Automation.Marketing.Chat;
using Automation.Marketing.Consent;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Chat;

/// <summary>The chat on web pages, without the web: who has proved what, and what a kill leaves.</summary>
public sealed partial class WebChatTests
{
    private const string Visitor = "0123456789abcdef0123456789abcdef";
    private static readonly string Id = Conversation.IdOf(Conversation.Web, Visitor);
    private static int asked;

    private static Task<ChatEntry> Say(ChatHouse house, string text, string? id = null) =>
        house.Can.GetRequiredService<WebChat>().Say(
            Visitor, id ?? $"message-{asked++}", new Utterance.Words(text), CancellationToken.None);

    private static Task<CodeOutcome> Give(ChatHouse house, string code, string id = "code-0001") =>
        house.Can.GetRequiredService<OrderProofs>().Give(Visitor, id, code, CancellationToken.None);

    private static Task Ask(ChatHouse house, string number = "1001", string email = "aoi@example.jp") =>
        house.Can.GetRequiredService<OrderProofs>().Ask(Visitor, number, email, CancellationToken.None);

    private static string Code(ChatHouse house) => Digits().Match(house.Mails.Sent.Last().Text).Value;

    private static string Another(string code) => code == "000000" ? "000001" : "000000";

    private static async Task<ChatHouse> Open(double hoursLater = 0)
    {
        var house = await ChatHouse.Open(hoursLater);
        await house.Order("1001", "aoi@example.jp", "秘蔵の玉露");
        await house.Order("2002", "mika@example.jp", "内緒の平茶碗");
        return house;
    }

    [Fact]
    public async Task Nothing_is_said_of_an_order_until_its_code_was_given_and_then_of_theirs_alone()
    {
        await using var house = await Open();
        var before = await Say(house, "注文番号 #1001 はいつ届きますか");
        Assert.DoesNotContain("6月", before.Text, StringComparison.Ordinal);
        Assert.Contains(before.Choices, choice => choice.Data == "chat:prove");
        await Ask(house, "＃１００１", "AOI@example.jp");
        Assert.Equal("aoi@example.jp", Assert.Single(house.Mails.Sent).To);
        Assert.DoesNotContain("1001", house.Mails.Sent.Last().Text, StringComparison.Ordinal);
        var proven = Assert.IsType<CodeOutcome.Proven>(await Give(house, Code(house)));
        Assert.Contains("#1001", proven.Entry.Text, StringComparison.Ordinal);
        Assert.Equal(proven.Entry.Text, ((CodeOutcome.Proven)await Give(house, "999999")).Entry.Text);
        Assert.IsType<CodeOutcome.Over>(await Give(house, Code(house), "code-0002"));
        Assert.Contains("#1001", (await Say(house, "いつ届きますか")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("平茶碗", (await Say(house, "注文番号 #2002 の内容は")).Text, StringComparison.Ordinal);
        var aoi = await house.House.Customer("email:aoi@example.jp");
        Assert.Equal(aoi.Id, (await house.Conversations.Find(Id))!.Value.Customer);
        Assert.Contains(Id, await house.Conversations.Of([aoi.Id], []));
        // What is kept of the code is not the code.
        Assert.Null((await house.Conversations.Find(Id))!.Value.Awaited);
    }

    [Theory]
    [InlineData("1001", "mika@example.jp")]
    [InlineData("1001", "nobody@example.jp")]
    [InlineData("9999", "aoi@example.jp")]
    [InlineData("#", "aoi@example.jp")]
    public async Task Without_such_an_order_of_this_address_no_mail_goes_and_no_code_fits(string number, string email)
    {
        await using var house = await Open();
        await Ask(house, number, email);
        Assert.Empty(house.Mails.Sent);
        for (var n = 0; n < OrderProofs.Tries - 1; n++)
            Assert.IsType<CodeOutcome.Wrong>(await Give(house, $"00000{n}"));
        Assert.IsType<CodeOutcome.Over>(await Give(house, "000009"));
    }

    [Fact]
    public async Task A_code_is_over_after_five_tries_after_ten_minutes_and_when_another_was_sent()
    {
        await using var house = await Open();
        await Ask(house);
        var code = Code(house);
        for (var n = 0; n < OrderProofs.Tries; n++) await Give(house, Another(code));
        Assert.IsType<CodeOutcome.Over>(await Give(house, code));
        await Ask(house);
        code = Code(house);
        house.House.Clock.Now += OrderProofs.Holds + TimeSpan.FromSeconds(1);
        Assert.IsType<CodeOutcome.Over>(await Give(house, code));
        await Ask(house);
        var first = Code(house);
        await Ask(house);
        if (first != Code(house)) Assert.IsType<CodeOutcome.Wrong>(await Give(house, first));
        Assert.IsType<CodeOutcome.Proven>(await Give(house, Code(house)));
    }

    [Fact]
    public async Task Whoever_proves_another_customers_order_hears_no_more_of_the_first()
    {
        await using var house = await Open();
        await Ask(house);
        await Give(house, Code(house));
        await Ask(house, "2002", "mika@example.jp");
        await Give(house, Code(house), "code-0002");
        var reply = (await Say(house, "注文番号 #1001 はいつ届きますか")).Text!;
        Assert.DoesNotContain("発送", reply.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("見つかりませんでした", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marketing_is_stopped_for_whom_it_is_known_who_they_are_and_for_nobody_else()
    {
        await using var house = await Open();
        Assert.DoesNotContain("停止しました", (await Say(house, "配信停止")).Text, StringComparison.Ordinal);
        await Ask(house);
        await Give(house, Code(house));
        Assert.Contains("停止しました", (await Say(house, "配信停止")).Text, StringComparison.Ordinal);
        var aoi = await house.House.Customer("email:aoi@example.jp");
        Assert.Equal(People.ConsentState.Withdrawn, aoi.Consent["email"].State);
    }

    [Fact]
    public async Task A_persons_answer_waits_in_the_page_and_goes_by_mail_where_a_customers_page_is_closed()
    {
        await using var house = await Open(hoursLater: 12);
        var (web, desk) = (house.Can.GetRequiredService<WebChat>(), house.Can.GetRequiredService<ChatDesk>());
        await Say(house, "担当者と話したいです");
        house.Mails.Sent.Clear();
        house.House.Clock.Now += TimeSpan.FromHours(11);
        // Nobody known: it waits.
        Assert.Equal(DeskOutcome.Sent, await desk.Answer(Id, "f1", "おはようございます。", "mika", default));
        var news = await web.Since(Visitor, null, default);
        Assert.True(news.Entries[^1] is { ByPerson: true, Text: "おはようございます。", Says: null });
        await Ask(house);
        await Give(house, Code(house));
        house.House.Clock.Now += TimeSpan.FromMinutes(1.5);
        await web.Since(Visitor, news.Entries[^1].At, default);
        Assert.Equal(DeskOutcome.Sent, await desk.Answer(Id, "f2", "ほかにございますか。", "mika", default));
        house.House.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(DeskOutcome.Mailed, await desk.Answer(Id, "f3", "お返事です。", "mika", default));
        var since = await web.Since(Visitor, house.House.Clock.Now, default);
        Assert.True(since.Proven);
        Assert.Equal(["お返事です。"], since.Entries.Select(entry => entry.Text));
    }

    [Fact]
    public async Task Who_has_just_written_is_there_though_their_page_has_not_asked_for_news_yet()
    {
        await using var house = await Open(hoursLater: 12);
        var desk = house.Can.GetRequiredService<ChatDesk>();
        await Ask(house);
        await Give(house, Code(house));
        await Say(house, "担当者と話したいです");
        house.House.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(DeskOutcome.Sent, await desk.Answer(Id, "f1", "お待たせしました。", "mika", default));
        house.House.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(DeskOutcome.Mailed, await desk.Answer(Id, "f2", "ほかにございますか。", "mika", default));
    }

    [Theory]
    [InlineData("担当者と話したいです", false), InlineData("担当者と話したいです", true)]
    [InlineData("送料はいくらですか", false), InlineData("送料はいくらですか", true)]
    public Task Killed_at_any_write_a_message_sent_again_is_one_and_a_person_is_called(string text, bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await Open();
            await crash.During(house.House.Storage, () => Say(house, text, "message-once"));
            await house.Again();
            var entry = await Say(house, text, "message-once");
            Assert.Equivalent(entry, await Say(house, text, "message-once"));
            Assert.Equal(ReplyFate.Done, Assert.Single(await house.Conversations.All(Id)).Fate);
            Assert.Equal(text.StartsWith("担当者", StringComparison.Ordinal) ? 1 : 0, (await house.Waiting()).Count);
        });

    [Theory]
    [InlineData("担当者と話したいです", false), InlineData("担当者と話したいです", true)]
    [InlineData("配信停止", false), InlineData("配信停止", true)]
    public Task Killed_at_any_write_what_was_decided_is_carried_out_though_nobody_sends_it_again(
        string text, bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await Open();
            await Ask(house);
            await Give(house, Code(house));
            await crash.During(house.House.Storage, () => Say(house, text, "message-once"));
            await house.Again();
            house.House.Clock.Now += TimeSpan.FromMinutes(1);
            var service = house.Can.GetRequiredService<ChatService>();
            // Somebody may still be at it.
            Assert.Equal(0, await service.Resume(default));
            house.House.Clock.Now += TimeSpan.FromMinutes(2);
            await crash.During(house.House.Storage, () => service.Resume(default));
            await service.Resume(default);
            var said = (await house.Conversations.All(Id)).Where(one => one.Id == "message-once").ToList();
            Assert.All(said, one => Assert.Equal(ReplyFate.Done, one.Fate));
            var isHandedOver = text.StartsWith("担当者", StringComparison.Ordinal);
            Assert.Equal(isHandedOver ? said.Count : 0, (await house.Waiting()).Count);
            var aoi = await house.House.Customer("email:aoi@example.jp");
            Assert.Equal(!isHandedOver && said.Count > 0,
                aoi.Consent.GetValueOrDefault("email")?.State == People.ConsentState.Withdrawn);
            Assert.Empty(await house.Conversations.Promised(DateTimeOffset.MaxValue, default));
        });

    [Theory]
    [InlineData(false), InlineData(true)]
    public Task Killed_at_any_write_a_code_given_again_proves_once(bool after) =>
        CrashMatrix.Run(after, async crash =>
        {
            await using var house = await Open();
            await Ask(house);
            var code = Code(house);
            await crash.During(house.House.Storage, () => Give(house, code));
            await house.Again();
            Assert.IsType<CodeOutcome.Proven>(await Give(house, code));
            Assert.Single(await house.Conversations.All(Id));
        });

    [Fact]
    public void A_token_that_we_did_not_make_is_nobodys()
    {
        var (ours, others) = (new VisitorTokens(new byte[32]), new VisitorTokens([.. Enumerable.Repeat((byte)1, 32)]));
        var token = ours.Make();
        Assert.Equal(43, token.Length);
        Assert.Equal(ours.Address(token), ours.Address(token));
        Assert.NotEqual(ours.Address(token), ours.Address(ours.Make()));
        Assert.DoesNotContain(ours.Address(token)!, token, StringComparison.Ordinal);
        Assert.All<string?>([null, "", others.Make(), token[..42], "!" + token[1..],
            (token[0] == 'A' ? 'B' : 'A') + token[1..]], text => Assert.Null(ours.Address(text)));
    }

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Digits();
}
