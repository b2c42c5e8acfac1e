using System.Text;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>Walks that are held back: they stand at a mail which caps, quiet hours, a window or a busy provider keep,
/// or behind another journey. When what holds them may have changed they look again, some hundred at a time; each page
/// asks for the next, so that a kill costs a page.</summary>
public sealed class HeldWalks(Tables tables, PublishedJourneys journeys)
{
    /// <summary>Rows of walks looked at for one page.</summary>
    private const int PageSize = 500;

    private const string Word = "held";

    /// <summary>The message of queue <c>alarms</c> that wakes a page of them: <c>held</c>, <c>held {where to go
    /// on}</c>.</summary>
    public static byte[] Alarm(string? from) => Encoding.UTF8.GetBytes(from is null ? Word : $"{Word} {from}");

    /// <summary>A page of those that are held, and where to go on; null: there are no more.</summary>
    public async Task<(IReadOnlyList<EnrollmentId> Walks, string? Next)> Page(
        string? from, CancellationToken cancellation)
    {
        var page = await tables.Timeline.QueryPage(
            EnrollmentStore.All with { PageSize = PageSize }, from, cancellation);
        var held = new List<EnrollmentId>();
        foreach (var row in page.Values)
            if (Enrollment.Read(row).Value is { IsLive: true } walk && await IsHeld(walk)) held.Add(walk.Id);
        return (held, page.ContinuationToken);
    }

    /// <summary>Everybody who walks a journey, in whichever version.</summary>
    public async IAsyncEnumerable<EnrollmentId> In(
        string journey, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await journeys.ReadPaused(cancellation);   // it may have been let go on another machine
        var query = new TableQuery { RowKeyFrom = $"e|{journey}|", RowKeyBelow = $"e|{journey}}}" };
        await foreach (var row in tables.Timeline.Query(query, cancellation))
            if (Enrollment.Read(row).Value is { IsLive: true } walk) yield return walk.Id;
    }

    private async ValueTask<bool> IsHeld(Enrollment walk) =>
        walk.Walk.BehindSince is not null
        || await journeys.Find(walk.Id.Journey, walk.Version) is { Journey: var journey }
            && Cursors.Resolves(journey, walk.Walk.Cursor) && Cursors.Find(journey, walk.Walk.Cursor) is Step.Send;
}
