using Automation.Marketing.Engagement;
using Automation.Marketing.Sending;
using static Automation.Marketing.Tests.Engagement.EngagementTests;

namespace Automation.Marketing.Tests.Engagement;

public sealed class ConsequencesTests
{
    private static IEnumerable<string> Of(EngagementRecord before, params IEnumerable<MailEvent> events) =>
        Consequences.Of(before, events.Aggregate(before, Engagements.After)).Select(InWords);

    private static string InWords(Consequence consequence) => consequence switch
    {
        Consequence.Settle(var processed, var reason) => processed ? "went out" : $"was dropped: {reason}",
        Consequence.Suppress(var reason, _) => $"suppress: {reason}",
        Consequence.Withdraw(var how, _) => $"withdraw: {how}",
        Consequence.WeighSoftBounces => "weigh",
        Consequence.Attend(var what, _) => $"look: {what}",
        Consequence.Tell(var type, _, _, _) => type,
        _ => throw new InvalidOperationException(),
    };

    public static TheoryData<MailEvent, string> First() => new()
    {
        { new MailEvent.Processed(Noon), "went out" },
        { new MailEvent.Deferred(Noon, "later"), "went out" },
        { new MailEvent.Delivered(Noon), "went out, mail.delivered" },
        { new MailEvent.HardBounced(Noon, "no"), "went out, suppress: hard bounce, mail.bounced" },
        { new MailEvent.SoftBounced(Noon, "full", "Mailbox Unavailable"), "went out, weigh, mail.bounced" },
        { new MailEvent.SoftBounced(
            Noon, "no", "Reputation"), "went out, weigh, look: blocked: Reputation, mail.bounced" },
        { new MailEvent.Dropped(Noon, "Bounced Address"), "was dropped: Bounced Address, suppress: hard bounce" },
        { new MailEvent.Dropped(Noon,
            "Unsubscribed Address"), "was dropped: Unsubscribed Address, withdraw: unsubscribed at the provider" },
        { new MailEvent.Dropped(Noon,
            "Spam Reporting Address"), "was dropped: Spam Reporting Address, suppress: complaint, withdraw: "
                + "complaint" },
        { new MailEvent.Dropped(Noon, "Invalid"), "was dropped: Invalid, suppress: invalid address" },
        { new MailEvent.Dropped(Noon,
            "Recipient List over Package Quota"), "was dropped: Recipient List over Package Quota, look: dropped: "
                + "Recipient List over Package Quota" },
        { new MailEvent.Opened(Noon, false), "went out, mail.opened" },
        { new MailEvent.Opened(Noon, true), "went out" },
        { new MailEvent.Clicked(Noon, "https://shop.example/a", false), "went out, mail.clicked" },
        { new MailEvent.Clicked(Noon, "https://shop.example/a", true), "went out" },
        { new MailEvent.Complained(Noon), "went out, suppress: complaint, withdraw: complaint" },
        { new MailEvent.Unsubscribed(Noon), "went out, withdraw: unsubscribed at the provider" },
        { new MailEvent.Resubscribed(Noon), "went out" },
    };

    [Theory]
    [MemberData(nameof(First))]
    public void What_follows_from_the_first_word_on_a_send(MailEvent happened, string expected)
    {
        Assert.Equal(expected, string.Join(", ", Of(Nothing, happened)));
        Assert.Empty(Of(Nothing.After(happened), happened));
    }

    [Fact]
    public void A_click_before_its_delivery_is_known_is_one_click()
    {
        Assert.Equal(
            ["went out", "mail.clicked"], Of(Nothing, new MailEvent.Clicked(At(60), "https://shop.example/a", false)));
        var clicked = Fold(new MailEvent.Clicked(At(60), "https://shop.example/a", false));
        Assert.Equal(["mail.delivered"], Of(clicked, new MailEvent.Delivered(At(0)), new MailEvent.Processed(At(-1))));
        Assert.Empty(Of(clicked, new MailEvent.Clicked(At(600), "https://shop.example/a?again", false)));
        Assert.Equal(["mail.clicked"], Of(clicked, new MailEvent.Clicked(At(600), "https://shop.example/b", false)));
    }

    [Fact]
    public void A_later_no_counts_again_and_an_earlier_one_does_not()
    {
        var once = Fold(new MailEvent.Unsubscribed(At(10)), new MailEvent.Complained(At(10)));
        Assert.Empty(Of(once, new MailEvent.Unsubscribed(At(5)), new MailEvent.Complained(At(5))));
        Assert.Equal(["suppress: complaint", "withdraw: complaint", "withdraw: unsubscribed at the provider"],
            Of(once, new MailEvent.Unsubscribed(At(50)), new MailEvent.Complained(At(50))));
    }

    [Fact]
    public void What_keeps_the_next_mail_from_going_out_comes_before_what_wakes_journeys() =>
        Assert.Equal(["went out", "suppress: complaint", "withdraw: complaint", "mail.delivered", "mail.opened"],
            Of(Nothing, new MailEvent.Opened(At(9), false), new MailEvent.Delivered(At(1)),
                new MailEvent.Complained(At(10))));
}
