using System.Text.RegularExpressions;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Consent;

/// <summary>A customer's own change of address.</summary>
public sealed partial class AddressTests
{
    private const string New = "new@example.jp";

    private static async Task<Customer> Known(House house, string email, string? source = null)
    {
        List<Identity> identities = [new(Identity.Email, email)];
        if (source is not null) identities.Add(Identity.Parse(source)!.Value);
        var known = await house.Customers.Recognise(
            new Buyer { Identities = identities, Email = email, SeenAt = house.Clock.Now }, "test", has => has with
            {
                Consent = new Dictionary<string, ConsentRecord>
                {
                    ["email"] = new(ConsentState.Given, house.Clock.Now, "checkout"),
                },
            });
        return known!.Customer;
    }

    private static ToldTransport Post(House house) => (ToldTransport)house.Get<IMailTransport>();

    private static AddressService Service(House house) => house.Get<AddressService>();

    /// <summary>The last part of the link in the mail that was sent last.</summary>
    private static string Token(House house) => Link().Match(Post(house).Sent.Last().Text).Groups[1].Value;

    private static async Task<Customer> Now(House house, Customer customer) =>
        (await house.Customers.Find(customer.Id))!.Value;

    [Fact]
    public async Task The_new_address_says_yes_the_old_one_is_told_and_the_link_is_used_up()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp", "shop:7");
        Assert.Equal(AddressAnswer.Sent, await Service(house).Ask(sato, " New@Example.jp ", default));
        var asked = Assert.Single(Post(house).Sent);
        Assert.Equal(New, asked.To);
        Assert.DoesNotContain("hanako", asked.Text + asked.Html, StringComparison.Ordinal);
        var token = Token(house);
        Assert.DoesNotContain("new", token, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(AddressStep.Asks, (await Service(house).Look(token))!.Step);
        Assert.Equal("hanako@example.jp", (await Now(house, sato)).Email);   // looking changes nothing

        Assert.Equal(AddressStep.Done, (await Service(house).Confirm(token, default))!.Step);
        var now = await Now(house, sato);
        Assert.Equal(New, now.Email);
        Assert.Equal(ConsentState.Given, now.Consent["email"].State);
        Assert.Equal(sato.Id, (await house.Customers.FindByIdentity(new(Identity.Email, New)))!.Value.Id);
        Assert.Equal("hanako@example.jp", Post(house).Sent.Last().To);
        Assert.DoesNotContain(New, Post(house).Sent.Last().Text, StringComparison.Ordinal);
        Assert.Contains("n•••@example.jp", Post(house).Sent.Last().Text, StringComparison.Ordinal);

        Assert.Equal(AddressStep.Done, (await Service(house).Confirm(token, default))!.Step);   // twice is once
        Assert.Equal(2, Post(house).Sent.Count);
        house.Clock.Now += TimeSpan.FromMinutes(1);
        await Service(house).Ask(now, "hanako@example.jp", default);
        await Service(house).Confirm(Token(house), default);
        Assert.Equal("hanako@example.jp", (await Now(house, sato)).Email);
        Assert.Null(await Service(house).Confirm(token, default));   // it does not bring the address back
        Assert.Equal("hanako@example.jp", (await Now(house, sato)).Email);
    }

    [Theory]
    [InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public Task Killed_at_any_write_of_a_change_the_old_address_is_told_by_the_next_process_or_the_next_press(
        bool after, bool pressed) => CrashMatrix.Run(after, async crash =>
        {
            await using var house = await House.Open();
            var sato = await Known(house, "hanako@example.jp", "shop:7");
            await Service(house).Ask(sato, New, default);
            var token = Token(house);
            Post(house).Sent.Clear();
            await crash.During(house.Storage, () => Service(house).Confirm(token, default));
            // At once nobody interferes with whoever may be at it.
            await Notices(house).Resume(default);
            house.Clock.Now += TimeSpan.FromMinutes(3);
            var isChanged = (await Now(house, sato)).Email == New;
            if (pressed || !isChanged) await Service(house).Confirm(token, default);
            var next = Notices(house);
            await next.Resume(default);
            house.Clock.Now += TimeSpan.FromHours(1);
            await next.Resume(default);
            Assert.Equal(New, (await Now(house, sato)).Email);
            Assert.Null((await Now(house, sato)).Readdressed!.Untold);
            // Handed over and not marked as such it goes again, and is the same mail.
            var told = Assert.Single(Post(house).Sent.DistinctBy(message => message.Id));
            Assert.Equal("hanako@example.jp", told.To);
            Assert.InRange(Post(house).Sent.Count, 1, crash.Killed ? 2 : 1);
            Assert.Empty(await house.Tables.Access.Query(new TableQuery { PartitionKey = "notice" }).ToListAsync());
        });

    /// <summary>A process's own.</summary>
    private static AddressNotices Notices(House house) =>
        new(house.Tables, house.Customers, house.Get<AddressMails>(), house.Clock);

    [Fact]
    public async Task A_busy_provider_is_asked_again_for_a_day_and_every_address_in_between_is_told()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp");
        var post = Post(house);
        async Task ChangeTo(string email)
        {
            post.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
            await Service(house).Ask(await Now(house, sato), email, default);
            var token = Token(house);
            post.Answer = _ => Task.FromResult<DeliveryResult>(
                new DeliveryResult.Busy(TimeSpan.FromMinutes(5), "429"));
            await Service(house).Confirm(token, default);
            house.Clock.Now += TimeSpan.FromMinutes(1);
        }
        await ChangeTo("second@example.jp");
        await ChangeTo(New);
        var notices = Notices(house);
        await notices.Resume(default);
        Assert.Equal(
            ["hanako@example.jp", "second@example.jp"], (await Now(house, sato)).Readdressed!.Untold!.Order());
        post.Sent.Clear();
        post.Answer = _ => Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        house.Clock.Now += TimeSpan.FromMinutes(10);
        await notices.Resume(default);
        Assert.Equal(["hanako@example.jp", "second@example.jp"], post.Sent.Select(message => message.To).Order());
        Assert.All(post.Sent, message => Assert.Contains("n•••@example.jp", message.Text, StringComparison.Ordinal));

        // Longer than a day nobody is asked; whoever has the address again is not told.
        post.Sent.Clear();
        await ChangeTo("hanako@example.jp");
        await ChangeTo(New);
        Assert.Equal(
            ["hanako@example.jp"], (await Now(house, sato)).Readdressed!.Untold!);
        house.Clock.Now += TimeSpan.FromHours(25);
        await notices.Resume(default);
        Assert.Null((await Now(house, sato)).Readdressed!.Untold);
    }

    [Fact]
    public async Task A_link_that_is_too_old_changed_or_an_erased_customers_is_none()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp");
        await Service(house).Ask(sato, New, default);
        var token = Token(house);
        Assert.Null(await Service(house).Confirm($"{token[..^2]}AA", default));
        Assert.Null(await Service(house).Confirm("x", default));
        Assert.Null(await Service(house).Confirm("", default));
        house.Clock.Now += TimeSpan.FromMinutes(61);
        Assert.Null(await Service(house).Confirm(token, default));
        await Service(house).Ask(sato, New, default);
        await house.Customers.Change(sato.Id, has => has with { ErasedAt = house.Clock.Now });
        Assert.Null(await Service(house).Confirm(Token(house), default));
    }

    [Fact]
    public async Task Whoever_is_known_by_the_new_address_alone_is_the_same_person_and_another_account_is_not()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp", "shop:7");
        house.Clock.Now += TimeSpan.FromDays(1);
        var guest = await Known(house, New);
        await Service(house).Ask(sato, New, default);
        Assert.Equal(AddressStep.Done, (await Service(house).Confirm(Token(house), default))!.Step);
        Assert.Equal(sato.Id, (await Now(house, guest)).Id);
        Assert.Equal(New, (await Now(house, sato)).Email);

        var other = await Known(house, "other@example.jp", "shop:8");
        await Service(house).Ask(await Now(house, sato), "other@example.jp", default);
        Assert.Equal(AddressStep.Anothers, (await Service(house).Confirm(Token(house), default))!.Step);
        Assert.Equal(New, (await Now(house, sato)).Email);
        Assert.Equal("other@example.jp", (await Now(house, other)).Email);
    }

    [Fact]
    public async Task A_source_that_still_tells_the_old_address_does_not_bring_it_back_and_a_third_one_counts()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp", "shop:7");
        await Service(house).Ask(sato, New, default);
        await Service(house).Confirm(Token(house), default);
        house.Clock.Now += TimeSpan.FromDays(1);
        await Known(house, "hanako@example.jp", "shop:7");
        Assert.Equal(New, (await Now(house, sato)).Email);
        house.Clock.Now += TimeSpan.FromDays(1);
        await Known(house, "third@example.jp", "shop:7");
        Assert.Equal("third@example.jp", (await Now(house, sato)).Email);
    }

    [Fact]
    public async Task What_is_said_is_the_same_whether_a_mail_went_out_or_not()
    {
        await using var house = await House.Open();
        var sato = await Known(house, "hanako@example.jp");
        await house.Get<Suppressions>().Add(new(Identity.Email, New), "bounced", house.Clock.Now);
        Assert.Equal(AddressAnswer.Sent, await Service(house).Ask(sato, New, default));
        Assert.Equal(AddressAnswer.Sent, await Service(house).Ask(sato, "hanako@example.jp", default));
        Assert.Equal(AddressAnswer.NotAnAddress, await Service(house).Ask(sato, "nobody", default));
        Assert.Empty(Post(house).Sent);
    }

    [Theory]
    [InlineData("hanako@example.jp", "h•••@example.jp")]
    [InlineData("ab@example.jp", "•••@example.jp")]
    [InlineData("茶の湯@example.jp", "茶•••@example.jp")]
    public void The_page_says_which_address_it_is_about_to_whoever_knows_it(string email, string masked)
    {
        Assert.Equal(masked, AddressPage.Masked(email));
        var shop = Mail.Shop with { Url = "https://shop.example/" };
        var page = PreferencePage.Html(
            new PreferenceView
            {
                Customer = Mail.Sato with { Email = email },
                Channel = "email",
                Topics = [],
                Now = Mail.Now,
                Chosen = null,
                MayAsk = false,
                Undo = null,
            }, shop);
        Assert.Contains(masked, page, StringComparison.Ordinal);
        Assert.DoesNotContain(email, page, StringComparison.Ordinal);
        Assert.Contains("name=\"email\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://shop.example/\"", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("/a/([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
