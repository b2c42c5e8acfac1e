using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Looks at the shop's own history before an issue goes.</summary>
public sealed class Bursts(IssueStore issues, AudienceForecast audiences, IExpectations expectations)
{
    /// <summary>Null: the issue may go. Figures are read only where there is something to confirm.</summary>
    public async ValueTask<Burst?> Find(IssueId id, Newsletter newsletter, bool inSlot, string? asks = null)
    {
        var (audience, earlier) = (await audiences.Messages(id, newsletter), new List<int>());
        await foreach (var issue in issues.Of(id.Newsletter))
            if (issue.Id != id && issue.Counts.Sent > 0) earlier.Add(issue.Counts.Sent);
        var usual = BurstGuard.Usual(earlier);
        var reasons = BurstGuard.Reasons(inSlot, audience.Count, usual, asks);
        return reasons.Count == 0 ? null : new(reasons, audience, usual, await Expect(id, audience));
    }

    private async ValueTask<Expectation> Expect(IssueId id, Audience audience)
    {
        try
        {
            return await expectations.Expect(id.Newsletter, audience.Count);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever is wrong with the figures: an issue is asked about and goes all the same.
            return new(null, null, $"the figures cannot be read ({e.Message})");
        }
    }
}
