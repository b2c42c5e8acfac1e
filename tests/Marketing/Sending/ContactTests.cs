using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Tests.Sending;

/// <summary>An order may name another address than its customer's: its mails go there, and nothing else does.</summary>
public sealed class ContactTests
{
    private const string Office = "office@example.jp";

    private static SendRequest About(Post post, Purpose purpose) => post.Request(purpose) with
    {
        Situation = post.Situation with
        {
            Order = new()
            {
                Source = "woo",
                Id = "1",
                Number = "1",
                PlacedAt = post.Clock.Now,
                UpdatedAt = post.Clock.Now,
                Currency = "JPY",
                Total = 1,
                Contact = Office
            }
        },
    };

    [Theory]
    [InlineData(Purpose.Transactional, true)]
    [InlineData(Purpose.Marketing, false)]
    public async Task An_orders_own_address_gets_the_orders_mails_and_no_letters(Purpose purpose, bool office)
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        await post.Sending.Send(About(post, purpose), default);
        Assert.Equal(office ? Office : post.Customer.Email, Assert.Single(transport.Sent).To);
    }

    [Fact]
    public async Task A_stopped_address_is_not_written_to_because_an_order_names_it()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport);
        await post.House.Get<Suppressions>().Add(new Identity(Identity.Email, Office), "hard bounce", post.Clock.Now);
        var settled =
            Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(About(post, Purpose.Transactional), default));
        Assert.Equal("suppressed: hard bounce", settled.Send.Reason);
        Assert.Empty(transport.Sent);
    }

    [Fact]
    public async Task A_link_that_confirms_letters_does_not_go_to_an_orders_own_address()
    {
        var transport = new ToldTransport();
        await using var post = await Post.Open(transport, "[はい]({{confirmUrl}})");
        post.Customer = post.Customer with
        {
            Consent = new Dictionary<string, ConsentRecord>
            {
                ["email"] = new(ConsentState.Pending, post.Clock.Now, "checkout")
            }
        };
        Assert.IsType<SendOutcome.Settled>(await post.Sending.Send(About(post, Purpose.Transactional), default));
        Assert.Empty(transport.Sent);
    }
}
