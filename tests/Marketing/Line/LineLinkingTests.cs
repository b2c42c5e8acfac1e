using System.Text;
using System.Text.RegularExpressions;
using System.Web;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Search;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Line;

public sealed class LineLinkingTests
{
    private const string Aoi = LinkMeeting.Aoi, User = LinkMeeting.User;

    private static string Nonce(LinkStep step)
    {
        var url = new Uri(Assert.IsType<LinkStep.Confirms>(step).DialogUrl);
        Assert.Equal("https://access.line.me/dialog/bot/accountLink", url.GetLeftPart(UriPartial.Path));
        var query = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal("t/1+2=", query["linkToken"]);
        Assert.Matches("^[A-Za-z0-9_-]{22}$", query["nonce"]);
        return query["nonce"]!;
    }

    /// <summary>With an order and a telephone, as a shop tells them.</summary>
    private static Task Ordered(LinkMeeting meeting, string number, string id, string email, string phone) =>
        meeting.House.Desk.Handle("till", new SourceEvent.OrderUpserted(
            new()
            {
                Source = "till",
                Id = number,
                Number = $"#{number}",
                PlacedAt = meeting.House.Clock.Now.AddDays(-2),
                UpdatedAt = meeting.House.Clock.Now.AddDays(-2),
                Currency = "JPY",
                Total = 1296,
                Lines = [],
            },
            new Buyer
            {
                Identities = [new("till", id), new(Identity.Email, email)],
                Email = email,
                Phone = phone,
                SeenAt = meeting.House.Clock.Now.AddDays(-2),
            }));

    [Fact]
    public async Task Who_does_not_know_the_address_gives_an_order_and_a_telephone_and_the_mail_goes_to_its_customer()
    {
        await using var meeting = await LinkMeeting.Open();
        await Ordered(meeting, "1001", "7", Aoi, "+819012345678");
        await Ordered(meeting, "2002", "8", "mika@example.jp", "+819087654321");
        await meeting.Can.GetRequiredService<SearchIndexer>().Run(default);
        var invitation = await meeting.Invitation();
        // Not both of one customer's, none at all, nonsense: the same answer, and no mail.
        foreach (var (number, phone) in ((string?, string?)[])
        [
            ("1001", "090-8765-4321"), ("2002", "090-1234-5678"), ("9999", "090-1234-5678"), ("1001", "03-1111-2222"),
            ("", "090-1234-5678"), ("1001", ""), (null, null), ("#", "090"), ("1001'--", "x"),
        ])
        {
            var step = await meeting.AskByOrder(invitation, number, phone);
            Assert.Equal(
                LinkWords.Html(new LinkStep.Sent(((LinkStep.Sent)step).Line, IsByOrder: true), meeting.House.Shop),
                LinkWords.Html(step, meeting.House.Shop));
        }
        Assert.Empty(meeting.Mails.Sent);
        Assert.IsType<LinkStep.Sent>(await meeting.AskByOrder(invitation, " ＃１００１ ", "０９０－１２３４－５６７８"));
        Assert.Equal(Aoi, Assert.Single(meeting.Mails.Sent).To);
        Assert.False(await meeting.IsOne());
        var nonce = Nonce(await meeting.Linking.Confirm(meeting.Proof, default));
        await meeting.Linked(nonce);
        Assert.True(await meeting.IsOne());
    }

    [Fact]
    public async Task From_LINE_by_mail_and_back_through_LINE_both_are_one_customer()
    {
        await using var meeting = await LinkMeeting.Open();
        var invitation = await meeting.Invitation();
        Assert.IsType<LinkStep.Asks>(await meeting.Linking.Look(invitation));
        Assert.IsType<LinkStep.Sent>(await meeting.Ask(invitation, " AOI@example.jp ", default));
        Assert.Equal(Aoi, Assert.Single(meeting.Mails.Sent).To);
        Assert.IsType<LinkStep.Proven>(await meeting.Linking.Prove(meeting.Proof));
        Assert.Empty(meeting.Line.Asked);
        var nonce = Nonce(await meeting.Linking.Confirm(meeting.Proof, default));
        Assert.Equal([User], meeting.Line.Asked);
        Assert.False(await meeting.IsOne());

        meeting.House.Heard.Clear();
        await meeting.Linked(nonce);
        Assert.True(await meeting.IsOne());
        var customer = await meeting.House.Customer($"line:{User}");
        Assert.Equal(ConsentState.Given, customer.Consent["line"].State);
        Assert.Equal(Aoi, customer.Email);
        Assert.Equal(["line.linked"], meeting.House.Heard.Select(heard => heard.Type));
        Assert.IsType<LinkStep.Linked>(await meeting.Linking.Look(invitation));
        Assert.IsType<LinkStep.Linked>(await meeting.Linking.Prove(meeting.Proof));
    }

    [Fact]
    public async Task Only_our_nonce_joins_once_and_for_half_an_hour()
    {
        foreach (var (how, joins) in ((string, bool)[])[("other", false), ("failed", false), ("late", false),
            ("twice", true)])
        {
            await using var meeting = await LinkMeeting.Open();
            await meeting.Ask(await meeting.Invitation(), Aoi, default);
            var nonce = Nonce(await meeting.Linking.Confirm(meeting.Proof, default));
            if (how == "late") meeting.House.Clock.Now += LinkNonces.Holds + TimeSpan.FromSeconds(1);
            await meeting.Linked(
                how == "other" ? "Vb771wDYtXuammLszK6h9A" : nonce, result: how == "failed" ? how : "ok");
            if (how == "twice")
            {
                // Somebody else who heard the nonce comes too late.
                await meeting.Linked(nonce, "U306d25c2ea6bd87c17655609a1c37cb8");
                Assert.Null(await meeting.House.Customers.FindByIdentity(
                    new(Identity.Line, "U306d25c2ea6bd87c17655609a1c37cb8")));
            }
            Assert.Equal(joins, await meeting.IsOne());
            Assert.Equal(joins ? 1 : 0, meeting.House.Heard.Count(heard => heard.Type == "line.linked"));
        }
    }

    [Fact]
    public async Task Nobody_learns_whether_an_address_is_a_customers()
    {
        await using var meeting = await LinkMeeting.Open();
        var invitation = await meeting.Invitation();
        foreach (var address in (string?[])["nobody@example.jp", "no address", "", null])
        {
            var step = await meeting.Ask(invitation, address, default);
            Assert.IsType<LinkStep.Sent>(step);
            Assert.Equal(
                LinkWords.Html(step, meeting.House.Shop),
                LinkWords.Html(await meeting.Ask(invitation, "x@example.jp", default), meeting.House.Shop));
        }
        Assert.Empty(meeting.Mails.Sent);
    }

    [Fact]
    public async Task Links_of_others_changed_ones_and_old_ones_lead_nowhere()
    {
        await using var meeting = await LinkMeeting.Open();
        var invitation = await meeting.Invitation();
        await meeting.Ask(invitation, Aoi, default);
        var proof = meeting.Proof;
        var changed = (proof[0] == 'A' ? 'B' : 'A') + proof[1..];
        foreach (var wrong in (string[])["", "made-up", invitation, proof[..^1], changed])
        {
            Assert.IsType<LinkStep.Unknown>(await meeting.Linking.Prove(wrong));
            Assert.IsType<LinkStep.Unknown>(await meeting.Linking.Confirm(wrong, default));
        }
        Assert.IsType<LinkStep.Unknown>(await meeting.Linking.Look(proof));
        meeting.House.Clock.Now += LineLinking.ProofHolds + TimeSpan.FromSeconds(1);
        Assert.IsType<LinkStep.Unknown>(await meeting.Linking.Confirm(proof, default));
        Assert.Empty(meeting.Line.Asked);
    }

    [Fact]
    public async Task A_LINE_account_of_one_customer_is_not_taken_by_another_until_it_is_parted()
    {
        await using var meeting = await LinkMeeting.Open();
        var invitation = await meeting.Invitation();
        await meeting.Ask(invitation, Aoi, default);
        await meeting.Linked(Nonce(await meeting.Linking.Confirm(meeting.Proof, default)));
        var first = await meeting.House.Customer($"line:{User}");

        meeting.House.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.IsType<LinkStep.Asks>(await meeting.Parting.Part(invitation));
        var (aoi, alone) = (
            await meeting.House.Customer($"email:{Aoi}"), await meeting.House.Customer($"line:{User}"));
        Assert.Equal(first.Id, aoi.Id);
        Assert.NotEqual(aoi.Id, alone.Id);
        Assert.Equal(ConsentState.Withdrawn, aoi.Consent["line"].State);
        Assert.Equal(ConsentState.Given, alone.Consent["line"].State);
        Assert.Single(alone.Identities);
        Assert.DoesNotContain($"line:{User}", aoi.Identities);

        await meeting.Known("8", "mika@example.jp");
        await meeting.Ask(await meeting.Invitation(), "mika@example.jp", default);
        await meeting.Linked(Nonce(await meeting.Linking.Confirm(meeting.Proof, default)));
        Assert.Equal((await meeting.House.Customer("email:mika@example.jp")).Id,
            (await meeting.House.Customer($"line:{User}")).Id);
    }

    [Fact]
    public async Task A_parting_that_was_killed_after_the_withdrawal_knows_the_second_time_that_they_had_agreed()
    {
        await using var meeting = await LinkMeeting.Open();
        var invitation = await meeting.Invitation();
        await meeting.Ask(invitation, Aoi, default);
        await meeting.Linked(Nonce(await meeting.Linking.Confirm(meeting.Proof, default)));
        meeting.House.Clock.Now += TimeSpan.FromMinutes(1);

        // The withdrawal tells the shop's journeys: killed there, before the parting.
        meeting.House.IsKilled = true;
        await Assert.ThrowsAsync<IOException>(() => meeting.Parting.Part(invitation));
        meeting.House.IsKilled = false;
        Assert.Equal(ConsentState.Withdrawn, (await meeting.House.Customer($"line:{User}")).Consent["line"].State);
        Assert.True(await meeting.IsOne());

        meeting.House.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.IsType<LinkStep.Asks>(await meeting.Parting.Part(invitation));
        Assert.False(await meeting.IsOne());
        Assert.Equal(ConsentState.Given, (await meeting.House.Customer($"line:{User}")).Consent["line"].State);
        Assert.Equal(ConsentState.Withdrawn, (await meeting.House.Customer($"email:{Aoi}")).Consent["line"].State);
    }

    [Fact]
    public async Task Where_LINE_does_not_answer_it_says_so_and_nothing_is_kept()
    {
        await using var meeting = await LinkMeeting.Open();
        await meeting.Ask(await meeting.Invitation(), Aoi, default);
        meeting.Line.Token = null;
        Assert.False(Assert.IsType<LinkStep.Refused>(await meeting.Linking.Confirm(meeting.Proof, default)).IsAnothers);
        Assert.Equal(0, await House.Count(meeting.House.Tables.Access));
    }
}
