using System.Globalization;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Year.Tests.Examples;

/// <summary>The journeys of docs/examples over most of a year: each person gets what theirs promise, at its hour, and
/// nothing else. What should come is known from what people did.</summary>
public sealed class ExampleTests(ExampleYear lived) : IClassFixture<ExampleYear>
{
    private const string RunningLow = "replenishment/running-low";

    [Fact]
    public void Everybody_gets_what_the_journeys_promise_at_its_hour_and_nothing_else()
    {
        var differences = new List<string>();
        foreach (var person in lived.People)
        {
            var expected = person.Expected().OrderBy(mail => mail.At).ThenBy(mail => mail.Mail).ToList();
            var got = Got(person).ToList();
            if (expected.Count == got.Count && expected.Zip(got).All(pair => Fits(pair.First, pair.Second))) continue;
            differences.Add($"{person.Email}\n  should {Said(expected)}\n  got    {Said(got)}");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(5)));
    }

    /// <summary>Until their third order the interval is the shop's, which the others make.</summary>
    private IEnumerable<(string Mail, DateTimeOffset At)> Got(Regular person) =>
        from mail in lived.Outbox.All
        where mail.To == person.Email
            && (mail.Text != RunningLow || !person.BuysItAfterAll && mail.At > person.Orders[2].Placed)
        orderby mail.At, mail.Text
        select (mail.Text, mail.At);

    /// <summary>A usual interval counts in whole days.</summary>
    private static bool Fits((string Mail, DateTimeOffset At) expected, (string Mail, DateTimeOffset At) got) =>
        expected.Mail == got.Mail && (expected.At - got.At).Duration()
            <= (expected.Mail == RunningLow ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(2));

    private static string Said(IEnumerable<(string Mail, DateTimeOffset At)> mails) => string.Join(", ", mails.Select(
        mail => string.Create(
            CultureInfo.InvariantCulture, $"{mail.At.ToOffset(TimeSpan.FromHours(9)):MM-dd HH:mm} {mail.Mail}")));

    [Fact]
    public void Every_journey_was_walked_to_its_end_by_some_and_left_by_others()
    {
        var ended = lived.Ledger.Walks.Where(walk => walk.Outcome == Outcome.Completed)
            .Select(walk => walk.Id.Journey).ToHashSet();
        Assert.Equal(
            [
                "abandoned-checkout", "back-in-stock", "birthday", "replenishment", "review", "subscription-renewal",
                "vip", "vip-over",
            ],
            ended.Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "customer.orders.total lt 50000", "not back within 90 days", "order.placed", "order.refunded",
                "subscription.renewed",
            ],
            lived.Ledger.Walks.Where(walk => walk.Outcome == Outcome.Left).Select(walk => walk.Because!)
                .Where(because => !because.Contains("not known", StringComparison.Ordinal)).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            lived.Ledger.Walks, walk => walk.IsLive && walk.Until < Regular.On(Regular.Days, 0).AddMinutes(-1));
        Assert.DoesNotContain(lived.Ledger.Walks, walk => walk.Outcome == Outcome.Failed);
    }

    [Fact]
    public async Task Whoever_is_a_favourite_bears_the_mark_and_whoever_is_one_no_longer_does_not()
    {
        var marked = await lived.Product.Get<CustomerStore>().InShard(null)
            .Where(customer => customer.Value.Tags.Contains("vip")).Select(customer => customer.Value.Email!)
            .ToListAsync();
        Assert.Equal(
            lived.People.Where(person => person.Favourite().LastOrDefault() is { Since.Ticks: > 0, Until: null })
                .Select(person => person.Email).Order(StringComparer.Ordinal),
            marked.Order(StringComparer.Ordinal));
        Assert.Contains(lived.People, person => person.Favourite().Count() > 1);
        Assert.Contains(lived.People, person => person.Favourite().LastOrDefault().Until is not null);
    }

    [Fact]
    public void What_did_not_go_was_not_agreed_to_and_nothing_went_twice()
    {
        Assert.Distinct(lived.Outbox.All.Select(mail => mail.SendId));
        Assert.All(lived.Ledger.Sends, send => Assert.True(
            send.State == SendState.Accepted || send is { State: SendState.Refused, Reason: "consent: unknown" },
            $"{send.Mail}: {send.State}, {send.Reason}"));
    }
}
