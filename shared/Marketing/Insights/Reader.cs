using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>Opens the book: everybody's figures as last counted, as of today in the shop's zone.</summary>
public sealed class Reader(Sums sums, TallyBookmark bookmark, PublishedJourneys journeys, TimeProvider time)
    : IExpectations
{
    public async ValueTask<Expectation> Expect(string newsletter, int recipients) =>
        OptOuts.Expect((await Read()).Book, newsletter, recipients);

    private sealed record Known(ETag Mark, Figures Figures);

    private volatile Known? known;

    /// <summary>With when they were counted; null: never. One read where nothing was counted since, otherwise one for
    /// each shard.</summary>
    public async Task<(Book Book, DateTimeOffset? CountedAt)> Read(CancellationToken cancellation = default)
    {
        var today = Zones.Day(time.GetUtcNow(), journeys.Zone(null));
        var (countedAt, mark) = await bookmark.Standing(cancellation);
        if (mark == default || known is not { } kept || kept.Mark != mark)
            known = kept = new(mark, await sums.Read(cancellation));
        return (new(kept.Figures, today), countedAt);
    }
}
