using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>One journey walked by customers who turned out to be one. Looked at in each round of such a customer's
/// walks and nowhere else, so that a merge cut short anywhere leaves nothing to make up for: the walk that goes on ends
/// the others before it sends, and leaves out what they sent.</summary>
public sealed class MergedWalks(
    Tables tables, EnrollmentStore enrollments, PublishedJourneys journeys, IJourneyOrchestrations alarms,
    TimeProvider time)
{
    /// <summary>Why a walk ended whose customer walks the journey under another id.</summary>
    public const string Because = "merged";

    public const string Had = "had it under another id";

    /// <summary>A claim is somebody's for no longer.</summary>
    private static readonly TimeSpan LongestClaim = TimeSpan.FromMinutes(10);

    /// <summary>Does the walk end here? Where it goes on, the others do not from now on.</summary>
    public async ValueTask<bool> Ends(Enrollment walk, Journey journey, Customer customer)
    {
        if (customer.MergedFrom.Count == 0) return false;
        var rivals = await Rivals(walk, journey, customer);
        if (Yields(walk, rivals, journey, customer.Id, journeys.Zone(customer))) return true;
        foreach (var rival in rivals.Where(rival => rival.IsLive))
        {
            await enrollments.Change(
                rival.Id, one => one.IsLive ? one.Ended(Outcome.Left, Because, time.GetUtcNow()) : one);
            await alarms.Wake(rival.Id);
        }
        return false;
    }

    /// <summary>Does another of the person's walks go before this one? Pure. Per order only a walk of the same order
    /// does. Else, of those that go on the one under the person's own id, or the oldest; and one that is over where the
    /// journey may not be walked again after it.</summary>
    public static bool Yields(
        Enrollment walk, IReadOnlyList<Enrollment> rivals, Journey journey, CustomerId person, TimeZoneInfo zone)
    {
        foreach (var rival in rivals)
        {
            var (first, second) = rival.StartedAt <= walk.StartedAt ? (rival, walk) : (walk, rival);
            if (rival.IsLive
                ? Rank(rival).CompareTo(Rank(walk)) < 0
                : rival.Because != Because && MayNot(first, second.StartedAt))
                return true;
        }
        return false;

        (bool, DateTimeOffset, string) Rank(Enrollment one) =>
            (one.Id.Customer != person, one.StartedAt, one.Id.ToString());
        bool MayNot(Enrollment first, DateTimeOffset again) =>
            journey.Per == Per.Order
                || Reentries.Refuses(journey.Reentry, first with { Outcome = Outcome.Left }, again, zone) is not null;
    }

    /// <summary>Did one of the person's other walks send one of these while this one was under way?</summary>
    /// <exception cref="SendUnderWayException">It is just being sent: look again later.</exception>
    public async ValueTask<bool> HadAlready(
        IReadOnlyList<(string Channel, string Name)> texts, Enrollment walk, Journey journey, Customer customer,
        CancellationToken cancellation)
    {
        if (customer.MergedFrom.Count == 0) return false;
        var rivals = (await Rivals(walk, journey, customer))
            .Where(rival => rival.EndedAt is not { } ended || ended > walk.StartedAt)
            .ToList();
        foreach (var timeline in rivals.Select(rival => rival.Id.Customer).Distinct())
            await foreach (var row in tables.Timeline.Query(TableQuery.Prefix(timeline.Value, "s|"), cancellation))
            {
                var send = Ledger.Read(row).Send;
                if (!texts.Contains((send.Channel, send.Mail))
                    || !rivals.Any(rival => send.For.StartsWith($"{rival.Id}@", StringComparison.Ordinal)))
                    continue;
                if (send.State == SendState.Claimed && time.GetUtcNow() - send.At < LongestClaim)
                    throw new SendUnderWayException();
                if (send.State is SendState.Accepted or SendState.Uncertain or SendState.Claimed) return true;
            }
        return false;
    }

    /// <summary>The walk under another id of the person that this event began already, or that forbids another one;
    /// null: there is none.</summary>
    /// <param name="key">The key the new walk would have.</param>
    public async ValueTask<(Enrollment Walk, string Reason)?> Before(
        Journey journey, string key, ShopEvent trigger, Customer customer)
    {
        foreach (var id in customer.MergedFrom)
            foreach (var (walk, _) in await enrollments.Of(id, journey.Id))
            {
                var reason = !journey.Per.IsSame(walk.Id.Key, key) ? null
                    : journey.Per == Per.Order ? "reentry never"
                    : Reentries.Refuses(journey.Reentry, walk, trigger.At, journeys.Zone(null));
                if (reason is not null || walk.Trigger.Id == trigger.Id) return (walk, reason ?? "");
            }
        return null;
    }

    /// <summary>The person's walks of the journey under other ids; per order, of the same order.</summary>
    private async ValueTask<List<Enrollment>> Rivals(Enrollment walk, Journey journey, Customer customer)
    {
        var rivals = new List<Enrollment>();
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            if (id == walk.Id.Customer) continue;
            foreach (var stored in await enrollments.Of(id, walk.Id.Journey))
                if (journey.Per.IsSame(stored.Value.Id.Key, walk.Id.Key)) rivals.Add(stored.Value);
        }
        return rivals;
    }
}
