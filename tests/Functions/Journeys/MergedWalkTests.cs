using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Journeys;

/// <summary>Two customers who walk one journey turn out to be one: nobody gets a mail of it twice.</summary>
public sealed class MergedWalkTests
{
    private static (string, string)[] Shop(string reentry, string per = "customer") =>
    [
        .. ((string[])["first", "second", "third"]).Select(mail =>
            ($"mails/{mail}.md", $"---\nsubject: {mail}\n---\n本文\n")),
        ("journeys/three.json", $$"""
            { "name": "三通", "purpose": "transactional", "trigger": { "event": "order.placed" }, "per": "{{per}}",
              "reentry": {{reentry}},
              "steps": [ { "do": "send", "mail": "first" }, { "do": "wait", "for": "2 days" }, { "do": "send",
                "mail": "second" },
                         { "do": "wait", "for": "2 days" }, { "do": "send", "mail": "third" } ] }
            """),
    ];

    /// <summary>The guest came first and is walking since; the member began <paramref name="later"/> days
    /// after.</summary>
    private static async Task<(WalkedShop Shop, Customer Guest, Customer Member)> Two(
        string reentry, double later = 1, string per = "customer")
    {
        var shop = await WalkedShop.Open(Shop(reentry, per));
        var guest = await shop.Customer("guest@example.jp");
        await shop.Happens("order.placed", guest, order: "demo:1", id: "placed-1");
        await shop.Walk();
        await Days(shop, (int)later);
        await shop.Pass(TimeSpan.FromDays(later % 1));
        var member = await shop.Customer("member@example.jp");
        await shop.Happens("order.placed", member, order: "demo:2", id: "placed-2");
        await shop.Walk();
        return (shop, guest, member);
    }

    private static async Task<Customer> Merge(WalkedShop shop) =>
        (await shop.Can.Get<CustomerStore>().Recognise(new Buyer
        {
            Identities = [new(Identity.Email, "guest@example.jp"), new(Identity.Email, "member@example.jp")],
            Email = "member@example.jp",
            SeenAt = shop.Clock.GetUtcNow(),
        }, "test", customer => customer))!.Customer;

    private static async Task Days(WalkedShop shop, int days)
    {
        for (var day = 0; day < days; day++) await shop.Pass(TimeSpan.FromDays(1));
    }

    private static IEnumerable<string> Subjects(WalkedShop shop) => shop.Sent.Select(message => message.Subject);

    [Theory]
    [InlineData("\"never\"")]
    [InlineData("\"always\"")]
    [InlineData("{ \"after\": \"30 days\" }")]
    public async Task One_walk_goes_on_and_the_other_leaves(string reentry)
    {
        var (shop, guest, member) = await Two(reentry);
        await using var _ = shop;
        Assert.Equal(guest.Id, (await Merge(shop)).Id);
        await Days(shop, 9);
        // both had the first one before anybody knew
        Assert.Equal(["first", "first", "second", "third"], Subjects(shop));
        Assert.Equal(Outcome.Completed, Assert.Single(await shop.Walks(guest)).Outcome);
        var other = Assert.Single(await shop.Walks(member));
        Assert.Equal(Outcome.Left, other.Outcome);
        Assert.Equal("merged", other.Because);
    }

    [Fact]
    public async Task A_journey_per_order_goes_on_for_both_orders()
    {
        var (shop, guest, member) = await Two("\"never\"", per: "order");
        await using var _ = shop;
        await Merge(shop);
        await Days(shop, 9);
        Assert.Equal(2, Subjects(shop).Count(subject => subject == "third"));
        Assert.All(
            [.. await shop.Walks(guest), .. await shop.Walks(member)],
            walk => Assert.Equal(Outcome.Completed, walk.Outcome));
    }

    [Fact]
    public async Task What_the_walk_that_leaves_has_sent_is_not_sent_again()
    {
        // The member began first and is a mail ahead; the guest's row is older all the same.
        var shop = await WalkedShop.Open(Shop("\"never\""));
        await using var _ = shop;
        var guest = await shop.Customer("guest@example.jp");
        shop.Clock.Now += TimeSpan.FromHours(1);
        var member = await shop.Customer("member@example.jp");
        await shop.Happens("order.placed", member, order: "demo:1");
        await shop.Walk();
        await Days(shop, 3);
        await shop.Happens("order.placed", guest, order: "demo:2");
        await shop.Walk();
        Assert.Equal(["first", "second", "first"], Subjects(shop));

        Assert.Equal(guest.Id, (await Merge(shop)).Id);
        await Days(shop, 9);
        Assert.Equal(["first", "second", "first", "third"], Subjects(shop));
        Assert.Equal("had it under another id", (await shop.Sends(guest)).Single(send => send.Mail == "second").Reason);
    }

    [Fact]
    public async Task Half_a_merge_is_enough()
    {
        var (shop, guest, member) = await Two("\"never\"");
        await using var _ = shop;
        // Killed behind the first write: the winner knows the loser, who does not point to them yet.
        var (winner, loser) = ((await shop.Can.Get<CustomerStore>().Find(guest.Id))!,
            (await shop.Can.Get<CustomerStore>().Find(member.Id))!);
        Assert.True(await shop.Can.Get<CustomerStore>().Save(Profiles.Unite(winner.Value, loser.Value), winner.ETag));
        await Days(shop, 3);
        Assert.Equal("merged", Assert.Single(await shop.Walks(member)).Because);
        await Merge(shop);
        await Days(shop, 6);
        Assert.Equal(["first", "first", "second", "third"], Subjects(shop));
    }

    [Fact]
    public async Task Who_walked_it_to_the_end_under_another_id_does_not_go_on_where_it_is_walked_once()
    {
        var (shop, guest, member) = await Two("\"never\"", later: 6);
        await using var _ = shop;
        await Merge(shop);
        await Days(shop, 9);
        Assert.Equal("merged", Assert.Single(await shop.Walks(member)).Because);
        Assert.Equal(["first", "second", "third", "first"], Subjects(shop));
    }

    [Theory]
    [InlineData("\"never\"", 400, false)]
    [InlineData("{ \"after\": \"30 days\" }", 20, false)]
    [InlineData("{ \"after\": \"30 days\" }", 40, true)]
    [InlineData("\"always\"", 20, true)]
    public async Task Who_walked_it_under_another_id_begins_again_only_where_they_may(
        string reentry, int days, bool begins)
    {
        var shop = await WalkedShop.Open(Shop(reentry));
        await using var _ = shop;
        var guest = await shop.Customer("guest@example.jp");
        shop.Clock.Now += TimeSpan.FromHours(1);
        var member = await shop.Customer("member@example.jp");
        await shop.Happens("order.placed", member, order: "demo:1", id: "placed-1");
        await shop.Walk();
        await shop.Pass(TimeSpan.FromDays(3));
        var one = await Merge(shop);
        await shop.Happens("order.placed", one, order: "demo:1", id: "placed-1");   // told again
        Assert.Empty(await shop.Walks(guest));
        await Days(shop, days);
        await shop.Happens("order.placed", one, order: "demo:2", id: "placed-2");
        await shop.Walk();
        Assert.Equal(begins ? 1 : 0, (await shop.Walks(guest)).Count);
    }

    [Fact]
    public async Task An_order_mail_of_unknown_outcome_of_the_walk_that_leaves_still_goes_and_goes_once()
    {
        var (shop, guest, member) = await Two("\"never\"", later: 0.5);
        await using var _ = shop;
        shop.Answer = message => message.To == "member@example.jp"
            ? new DeliveryResult.Unclear("503") { Answered = true }
            : new DeliveryResult.Accepted("p");
        await shop.Pass(TimeSpan.FromDays(1.5));
        await shop.Pass(TimeSpan.FromDays(0.5));   // the member's second one
        Assert.Equal(SendState.Uncertain, (await shop.Sends(member)).Single(send => send.Mail == "second").State);
        await Merge(shop);
        shop.Answer = _ => new DeliveryResult.Accepted("p");
        await Days(shop, 1);
        Assert.Equal(1, await shop.Reconciliation().Run(default));
        Assert.Equal(SendState.Accepted, (await shop.Sends(member)).Single(send => send.Mail == "second").State);
    }
}
