using Automation.Marketing.Customers;
using Automation.Marketing.Engagement;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using static Automation.Marketing.Tests.Engagement.Feedback;

namespace Automation.Marketing.Tests.Engagement;

public sealed class DeskTests
{
    [Fact]
    public async Task A_mail_that_is_read_leaves_its_story_and_says_so_once()
    {
        await using var shop = await Open();
        var send = await shop.Sent();
        SendGridEvent[] batch =
        [
            Of(send, new MailEvent.Clicked(shop.At(90), "https://shop.example/tea?a=1", false)),
            Of(send, new MailEvent.Opened(shop.At(80), false)),
            Of(send, new MailEvent.Delivered(shop.At(2))), Of(send, new MailEvent.Processed(shop.At(1))),
        ];
        await shop.Take(batch);
        foreach (var notice in batch.Reverse()) await shop.Take(notice);
        await shop.Take(Of(send, new MailEvent.Opened(shop.At(1), true)),
            Of(send, new MailEvent.Clicked(shop.At(3), "https://shop.example/u/abc", false)));

        var story = (await shop.Record(send))!;
        Assert.Equal("welcome", story.Mail);
        Assert.Equal(shop.Reason, story.For);
        Assert.Equal(shop.At(1), story.ProcessedAt);
        Assert.Equal(shop.At(2), story.DeliveredAt);
        Assert.Equal(shop.At(80), story.OpenedAt);
        Assert.Equal(shop.At(90), story.ClickedAt);
        Assert.Equal(shop.At(1), story.MachineOpenedAt);
        Assert.Equal("https://shop.example/tea", Assert.Single(story.Links!).Link);
        Assert.Equal([EventTypes.MailDelivered, EventTypes.MailOpened, EventTypes.MailClicked],
            shop.House.Heard.Select(happened => happened.Type));
        var clicked = shop.House.Heard[^1];
        Assert.Equal(shop.Customer, clicked.Customer);
        Assert.Equal("welcome", clicked.Mail);
        Assert.Equal(shop.Reason, clicked.For);
        Assert.Equal(shop.At(90), clicked.At);
        Assert.Equal("https://shop.example/tea", clicked.Data!["url"].GetString());
        Assert.DoesNotContain("example", clicked.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_costs_each_send_two_reads_and_one_write_and_later_ones_one_of_each()
    {
        await using var shop = await Open();
        var send = await shop.Sent();
        shop.House.Storage.Reset();
        await shop.Take(Of(send, new MailEvent.Processed(shop.At(1))), Of(send, new MailEvent.Opened(shop.At(2), true)),
            Of(send, new MailEvent.Deferred(shop.At(2), "later")));
        Assert.Equal(["read Timeline", "read Timeline", "write Timeline"], shop.House.Storage.Operations);
        shop.House.Storage.Reset();
        await shop.Take(Of(send, new MailEvent.Opened(shop.At(1), true)));
        Assert.Equal(["read Timeline", "write Timeline"], shop.House.Storage.Operations);
        shop.House.Storage.Reset();
        await shop.Take(Of(send, new MailEvent.Opened(shop.At(1), true)));
        Assert.Equal(["read Timeline"], shop.House.Storage.Operations);
    }

    [Theory]
    [InlineData("hard", "hard bounce", ConsentState.Given)]
    [InlineData("complaint", "complaint", ConsentState.Withdrawn)]
    [InlineData("unsubscribe", null, ConsentState.Withdrawn)]
    [InlineData("dropped", "hard bounce", ConsentState.Given)]
    public async Task What_stops_mails_holds_for_our_sends_and_for_mails_of_others_to_the_same_address(
        string what, string? suppressed, ConsentState consent)
    {
        foreach (var ours in (bool[])[true, false])
        {
            await using var shop = await Open();
            var send = await shop.Sent();
            MailEvent happened = what switch
            {
                "hard" => new MailEvent.HardBounced(shop.At(1), "no"),
                "complaint" => new MailEvent.Complained(shop.At(1)),
                "unsubscribe" => new MailEvent.Unsubscribed(shop.At(1)),
                _ => new MailEvent.Dropped(shop.At(1), "Bounced Address"),
            };
            foreach (var _ in (int[])[1, 2]) await shop.Take(
                Of(ours ? send : null, happened), Of(null, happened, "stranger@example.jp"), Of(null, happened, null));
            var customer = await shop.Now();
            Assert.Equal(suppressed, customer.Suppressed.GetValueOrDefault("email"));
            Assert.Equal(consent, customer.Consent["email"].State);
            Assert.Equal(suppressed, await shop.House.Get<Suppressions>().Find(new Identity(Identity.Email, Address)));
            Assert.Equal(consent == ConsentState.Withdrawn ? 1 : 0,
                shop.House.Heard.Count(heard => heard.Type == EventTypes.ConsentWithdrawn));
            Assert.Equal(ours, await shop.Record(send) is not null);
        }
    }

    [Fact]
    public async Task A_bounce_of_an_old_address_leaves_the_new_one_alone()
    {
        await using var shop = await Open();
        var send = await shop.Sent();
        await shop.House.Customers.Change(shop.Customer, customer => customer with { Email = "new@example.jp" });
        await shop.Take(Of(send, new MailEvent.HardBounced(shop.At(1), "no")));
        Assert.Empty((await shop.Now()).Suppressed);
        Assert.Equal("hard bounce", await shop.House.Get<Suppressions>().Find(new Identity(Identity.Email, Address)));
    }

    [Fact]
    public async Task Who_gives_another_address_after_a_bounce_is_written_to_again()
    {
        await using var shop = await Open();
        await shop.Take(Of(await shop.Sent(), new MailEvent.HardBounced(shop.At(1), "no")));
        Assert.Equal("hard bounce", (await shop.Now()).Suppressed["email"]);
        await shop.House.Deliver("orders/create",
            Webhooks.Order("1002", 60, customer: """{"id":7001,"email":"new@example.jp"}""", email: "new@example.jp"));
        Assert.Empty((await shop.Now()).Suppressed);
        await shop.House.Deliver("orders/create", Webhooks.Order("1003", 90));
        Assert.Equal("hard bounce", (await shop.Now()).Suppressed["email"]);
    }

    [Fact]
    public async Task The_third_soft_bounce_in_five_sends_suppresses_the_address()
    {
        await using var shop = await Open();
        for (var n = 0; n < 3; n++)
        {
            Assert.Empty((await shop.Now()).Suppressed);
            var send = await shop.Sent($"e{n}@0");
            foreach (var _ in (int[])[1, 2])
                await shop.Take(Of(send, new MailEvent.SoftBounced(shop.At(n), "full", "Mailbox Unavailable")));
        }
        Assert.Equal("soft bounces", (await shop.Now()).Suppressed["email"]);
        Assert.Empty(await shop.Attention());
    }

    [Theory]
    [InlineData("processed", SendState.Accepted, null)]
    [InlineData("opened", SendState.Accepted, null)]
    [InlineData("dropped", SendState.Refused, "Spam Content")]
    public async Task A_send_of_unknown_outcome_is_settled_by_the_first_word_on_it(
        string what, SendState expected, string? reason)
    {
        await using var shop = await Open();
        foreach (var state in (SendState[])[SendState.Uncertain, SendState.Claimed])
        {
            var send = await shop.Sent($"{state}", state);
            await shop.Take(Of(send, what switch
            {
                "processed" => new MailEvent.Processed(shop.At(1)),
                "opened" => new MailEvent.Opened(shop.At(1), true),
                _ => (MailEvent)new MailEvent.Dropped(shop.At(1), "Spam Content"),
            }));
            var row = (await new Ledger(shop.House.Tables).Find(send))!.Send;
            Assert.Equal(expected, row.State);
            Assert.Equal(reason, row.Reason);
        }
        Assert.Equal(reason is null ? 0 : 1, (await shop.Attention()).Count);
    }

    [Fact]
    public async Task Sends_of_an_issue_are_asked_for_in_one_question_and_kept_like_others()
    {
        await using var shop = await Open();
        string[] sends = [Ledger.Id(shop.Customer, "newsletter:weekly/2026-11-25"),
            Ledger.Id(shop.Customer, "newsletter:weekly/2026-12-02"), Ledger.Id(shop.Customer, "nothing of ours")];
        foreach (var send in sends[..2]) shop.OfIssues[send] = new("weekly", "newsletter:weekly");
        shop.House.Storage.Reset();
        await shop.Take(Of(sends[0], new MailEvent.Opened(shop.At(9), false)), Of(sends[1], new MailEvent.Dropped(
            shop.At(9), "Invalid SMTPAPI header")), Of(sends[2], new MailEvent.Opened(shop.At(9), false)));
        Assert.Equal([new(sends[0], true, null), new(sends[1], false, "Invalid SMTPAPI header"),
            new ProviderWord(sends[2], true, null)], shop.Words);
        await shop.Take(Of(sends[0], new MailEvent.Delivered(shop.At(1))));
        Assert.Equal(3, shop.Words.Count);
        Assert.Equal(("weekly", shop.At(1), shop.At(9)),
            await shop.Record(sends[0]) is { } story ? (story.Mail, story.DeliveredAt, story.OpenedAt) : default);
        Assert.Null(await shop.Record(sends[2]));
        Assert.Empty(shop.House.Heard);
        Assert.Equal(0, shop.House.Storage.Reads("Customers"));

        await shop.Begins(EventTypes.MailClicked);
        await shop.Take(Of(sends[0], new MailEvent.Clicked(shop.At(99), "https://shop.example/tea", false)));
        Assert.Equal(EventTypes.MailClicked, Assert.Single(shop.House.Heard).Type);
    }

    [Fact]
    public async Task Trouble_with_the_account_is_one_row_that_a_person_sees()
    {
        await using var shop = await Open();
        var send = await shop.Sent();
        foreach (var n in (int[])[1, 2]) await shop.Take(new SendGridEvent.OfAccount(shop.At(n), "compliance_suspend"));
        await shop.Take(Of(send, new MailEvent.SoftBounced(shop.At(3), "550 5.7.1 blocked", "Reputation")));
        Assert.Equal(["SendGrid: account: compliance_suspend", "SendGrid: blocked: Reputation"],
            (await shop.Attention()).Select(row => row.GetString("Reason")));
        Assert.Equal(shop.At(2), (await shop.Attention())[0].GetDateTimeOffset("At"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Killed_at_any_write_the_batch_taken_again_ends_the_same(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var shop = await Open();
        var send = await shop.Sent(state: SendState.Uncertain);
        SendGridEvent[] batch =
        [
            Of(send, new MailEvent.Clicked(shop.At(90), "https://shop.example/tea", false)),
            Of(send, new MailEvent.Complained(shop.At(100))),
            Of(send, new MailEvent.SoftBounced(shop.At(3), "no", "Reputation")),
        ];
        await crash.During(shop.House.Storage, () => shop.Take(batch));
        await shop.Take(batch);

        var customer = await shop.Now();
        Assert.Equal("complaint", customer.Suppressed["email"]);
        Assert.Equal(ConsentState.Withdrawn, customer.Consent["email"].State);
        Assert.Equal(2, (await shop.House.Consents.History(shop.Customer)).Count);
        Assert.Equal(SendState.Accepted, (await new Ledger(shop.House.Tables).Find(send))!.Send.State);
        Assert.Equal((shop.At(90), shop.At(100), shop.At(3)), await shop.Record(send) is { } story
            ? (story.ClickedAt, story.ComplainedAt, story.SoftBounced?.At) : default);
        Assert.Equal([EventTypes.ConsentWithdrawn, EventTypes.MailBounced, EventTypes.MailClicked],
            shop.House.Heard.DistinctBy(heard => heard.Id).Select(heard => heard.Type).Order());
        Assert.Single(await shop.Attention());
    });
}
