using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A newsletter's coming issue, as it stands with one customer.</summary>
public sealed record ComingIssue
{
    public required PlannedMailing PlannedMailing { get; init; }

    /// <summary>When it goes to them, as far as it is known now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Would they get it? Null: they are not in its audience.</summary>
    public required Verdict? Verdict { get; init; }

    /// <summary>How the newsletter's audience stands with them; null: it is for all who consented.</summary>
    public required string? Audience { get; init; }

    /// <summary>Their send, where the issue has come to them already.</summary>
    public required Send? Send { get; init; }
}

/// <summary>Would a customer get a newsletter's coming issue, and if not, why? As they are today, by the rules that
/// judge them when it goes. The coming issue is the one that is being sent or is paused, else the next slot. Reads
/// only.</summary>
public sealed class ComingIssues(
    PlannedMailings book, ChunkLedger ledger, INewsletters newsletters, CurrentShop shop, TimeProvider time)
{
    /// <summary>Null: there is none within eight weeks.</summary>
    public async ValueTask<ComingIssue?> Find(Newsletter newsletter, Customer customer)
    {
        var now = time.GetUtcNow();
        var appointments = await book.Ahead(now.AddDays(7 * NewsletterCalendar.Weeks));
        if (appointments.Where(one => one.Newsletter.Id == newsletter.Id && !one.IsOver)
            .MinBy(one => one.Slot) is not { } coming) return null;
        var at = coming.Slot > now ? coming.Slot : now;
        var situation = new Situation { Customer = customer, Shop = shop.Settings, Now = at };
        var room = Room.For(coming, shop.Settings, appointments, ledger);
        var verdict = await ChunkPreparing.Judge(
            newsletter, coming.IsFirstOfMonth, situation, room,
            await newsletters.ByLine(coming.Id) is null ? "email" : Readers.Way(customer));
        var met = coming.HasBegun ? await Met(coming.Issue!, customer) : null;
        if (verdict is Verdict.Allowed)
            verdict = Rest(coming, await newsletters.Test(coming.Id), customer) ?? Waits(met, now) ?? verdict;
        return new()
        {
            PlannedMailing = coming,
            At = at,
            Verdict = verdict,
            Audience = newsletter.Audience is { } audience ? Conditions.Explain(audience, situation) : null,
            Send = met is var (chunk, place) ? ChunkLedger.Send(coming.Id, chunk, place) : null,
        };
    }

    /// <summary>Whoever is not of a subject test's sample waits until it is decided; null: they are, or it
    /// is.</summary>
    private static Verdict? Rest(PlannedMailing coming, SubjectTest test, Customer customer) =>
        coming.Issue?.Winner is not null || test.Drawn(coming.Id, customer.Id) is not null ? null
            : Verdict.Later(coming.Issue?.DecidedAt(test) ?? coming.Slot + test.After, SubjectTest.Reason);

    /// <summary>What the ledger says of somebody who might get it now: they wait for their domain's next day, or for
    /// the provider; null: they do not.</summary>
    private static Verdict? Waits((Chunk Chunk, int Place)? met, DateTimeOffset now) =>
        met is var (chunk, place) && chunk.IsWaiting(place) && chunk.ReasonOf(place) is { } reason
        && (chunk.Until ?? now) is var until && until >= now ? Verdict.Later(until, reason) : null;

    /// <summary>Of both ways one that went, where one did.</summary>
    private async ValueTask<(Chunk Chunk, int Place)?> Met(Issue issue, Customer customer)
    {
        (Chunk Chunk, int Place)? found = null;
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            await foreach (var met in ledger.All(issue.Id, issue.IsBothWays, id))
                if (found is null || met.Chunk.HasGone(met.Place)) found = met;
            if (found is not null) break;
        }
        return found;
    }
}
