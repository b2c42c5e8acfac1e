using System.Collections.Concurrent;
using Automation.Marketing.Shop;
using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters;

/// <summary>
/// Acts on every slot once its time has come: pins the text, claims the slot (the row of <c>Issues</c>), starts the sending, and only then
/// moves its bookmark. Killed anywhere in between it does the same again: the first pinned text stays, the row is there, a second start is none.
/// </summary>
/// <param name="start">Starts the sending of an issue; harmless where it has begun.</param>
public sealed partial class SlotDesk(Tables tables, PublishedNewsletters newsletters, IssueStore issues, Func<ShopSettings> shop, Func<IssueId, Task> start, TimeProvider time, ILogger<SlotDesk> log)
{
    private const string Bookmarks = "bookmarks";

    /// <summary>How far back a file can be carried over from.</summary>
    private const int LongestDays = 60;

    /// <summary>Bookmarks as this process knows them: one that is behind only looks at a slot whose row is there already.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> known = new();

    /// <summary>One look at every newsletter; one that fails keeps no other waiting.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await Task.WhenAll([.. newsletters.All().Select(newsletter => Act(newsletter, cancellation))]);
    }

    /// <summary>What there is for a slot that was not acted on.</summary>
    public async Task<Filling> Fill(Newsletter newsletter, Slot slot)
    {
        Issue? before = null;
        await foreach (var issue in issues.Of(newsletter.Id, slot.Id.Date.AddDays(-LongestDays)))
            if (issue.Id.Date < slot.Id.Date) before = issue;
        var carried = before is { MovedTo: not null, File: { } file } ? newsletters.File(newsletter.Id, file) : null;
        return new(newsletters.Own(slot.Id), carried, newsletters.Fallback(newsletter.Id));
    }

    /// <summary>
    /// Lets a slot pass without an issue, whatever there is for it: somebody's decision, and the claim of the slot. Changes nothing where it
    /// was acted on, or where the newsletter has no such slot to come.
    /// </summary>
    public async Task Skip(IssueId id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (newsletters.Find(id.Newsletter) is not { } newsletter || Slots.On(newsletter, shop(), id.Date) is not { Skipped: false } slot) return;
        if (Slots.Until(slot, Slots.Next(newsletter, shop(), id.Date), newsletter.Late, Slots.Zone(newsletter, shop())) <= now) return;
        await issues.Add(new Issue { Id = id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = "by hand" }, cancellation);
    }

    private async Task Act(Newsletter newsletter, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await Bookmark(newsletter.Id, now, cancellation) is not { } seen) return;
        foreach (var slot in Slots.Between(newsletter, shop(), seen, now))
        {
            if (!await Act(newsletter, slot, now, cancellation)) return;
            await tables.Published.UpsertEntityAsync(Row(newsletter.Id, slot.At), TableUpdateMode.Replace, cancellation);
            known[newsletter.Id] = slot.At;
        }
    }

    /// <summary>False: it has to wait, and what comes after it too.</summary>
    private async Task<bool> Act(Newsletter newsletter, Slot slot, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await issues.Find(slot.Id, cancellation) is { Value.State: var state })
        {
            if (state == IssueState.Sending) await start(slot.Id);
            return true;
        }
        var filling = await Fill(newsletter, slot);
        var next = Slots.Next(newsletter, shop(), slot.Id.Date);
        switch (Slots.Decide(slot, next, newsletter.Late, filling.Ready, now, Slots.Zone(newsletter, shop())))
        {
            case SlotDecision.Wait:
                return false;
            case SlotDecision.Send send:
                var text = await newsletters.Pin(slot.Id, filling.Text!, cancellation);
                var issue = new Issue { Id = slot.Id, State = IssueState.Sending, Slot = slot.At, File = text.File, Because = send.Because };
                if (!await issues.Add(issue, cancellation)) break;
                await start(slot.Id);
                LogSending(slot.Id, text.Name, send.Because ?? "on time");
                return true;
            case SlotDecision.MoveTo move:
                if (!await issues.Add(Ended(move.Because) with { File = filling.Written?.File, MovedTo = move.Next }, cancellation)) break;
                Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, move.Because);
                return true;
            case SlotDecision.Skip skip:
                // What was carried over to a day that is a holiday now is carried on.
                var moved = slot.Skipped && filling.Carried is not null ? next?.Id.Date : null;
                if (!await issues.Add(Ended(skip.Because) with { File = slot.Skipped ? filling.Carried?.File : filling.Written?.File, MovedTo = moved }, cancellation)) break;
                if (!slot.Skipped) Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, skip.Because);
                return true;
            case var other:
                throw new InvalidOperationException($"A decision of an unknown kind: {other}.");
        }
        return await Act(newsletter, slot, now, cancellation);   // somebody else was first: theirs is what counts

        Issue Ended(string because) => new() { Id = slot.Id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = because };
    }

    /// <summary>The slot acted on last; null where the newsletter is seen for the first time: what lies before that is nobody's debt.</summary>
    private async Task<DateTimeOffset?> Bookmark(string newsletter, DateTimeOffset now, CancellationToken cancellation)
    {
        if (known.TryGetValue(newsletter, out var at)) return at;
        if (await tables.Published.GetEntityIfExistsAsync(Bookmarks, newsletter, cancellation) is { } row && row.GetDateTimeOffset("At") is { } seen) return known[newsletter] = seen;
        if ((await tables.Published.AddEntityAsync(Row(newsletter, now), cancellation)).Done) known[newsletter] = now;
        return null;
    }

    private static TableEntity Row(string newsletter, DateTimeOffset at) => new(Bookmarks, newsletter) { { "At", at } };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Issue} goes out with {File}: {When}")]
    private partial void LogSending(IssueId issue, string file, string when);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Issue} does not go out. {Because}")]
    private partial void LogSkipped(IssueId issue, string because);
}
