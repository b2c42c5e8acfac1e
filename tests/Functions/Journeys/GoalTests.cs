using Automation.Marketing.Journeys;

namespace Automation.Functions.Tests.Journeys;

/// <summary>When a journey's goal counts as reached.</summary>
public sealed class GoalTests
{
    private static Task<WalkedShop> Open(string steps) => WalkedShop.Open(
        ("shop.json", WalkedShop.Settings(""", "events": ["parcel.delivered", "tea.praised"] """)),
        ("mails/hello.md", "---\nsubject: こんにちは\npurpose: transactional\n---\n本文\n"),
        ("journeys/hello.json", $$"""
            { "name": "挨拶", "purpose": "transactional", "trigger": { "event": "parcel.delivered" },
              "steps": [ {{steps}} ], "goal": { "event": "tea.praised", "within": "10 days" } }
            """));

    /// <summary>On the way, or after the last step.</summary>
    [Theory]
    [InlineData("""{ "do": "send", "mail": "hello" }, { "do": "wait", "for": "30 days" }""")]
    [InlineData("""{ "do": "send", "mail": "hello" }""")]
    public async Task It_counts_within_its_time_once_and_not_afterwards(string steps)
    {
        await using var shop = await Open(steps);
        var (early, late) = (await shop.Customer("early@example.jp"), await shop.Customer("late@example.jp"));
        await shop.Happens("tea.praised", early);
        await shop.Happens("parcel.delivered", early);
        await shop.Happens("parcel.delivered", late);
        await shop.Walk();
        Assert.Null(Assert.Single(await shop.Walks(early)).GoalAt);

        await shop.Pass(TimeSpan.FromDays(9));
        var reached = shop.Clock.Now;
        await shop.Happens("tea.praised", early);
        await shop.Walk();
        await shop.Pass(TimeSpan.FromDays(2));
        await shop.Happens("tea.praised", early);
        await shop.Happens("tea.praised", late);
        await shop.Walk();

        Assert.Equal(reached, Assert.Single(await shop.Walks(early)).GoalAt);
        var other = Assert.Single(await shop.Walks(late));
        Assert.Null(other.GoalAt);
        Assert.Equal(steps.Contains("wait", StringComparison.Ordinal) ? null : Outcome.Completed, other.Outcome);
        Assert.Equal(2, shop.Sent.Count);
    }
}
