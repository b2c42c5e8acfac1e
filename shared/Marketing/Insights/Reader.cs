using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Insights;

/// <summary>Opens the book: everybody's figures as last counted, as of today in the shop's zone.</summary>
public sealed class Reader(Sums sums, Tally tally, PublishedJourneys journeys, TimeProvider time) : IExpectations
{
    public async ValueTask<Expectation> Expect(string newsletter, int recipients) =>
        OptOuts.Expect((await Read()).Book, newsletter, recipients);

    /// <summary>With when they were counted; null: never.</summary>
    public async Task<(Book Book, DateTimeOffset? CountedAt)> Read(CancellationToken cancellation = default)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), journeys.Zone(null)).DateTime);
        return (new(await sums.Read(cancellation), today), await tally.CountedAt(cancellation));
    }
}
