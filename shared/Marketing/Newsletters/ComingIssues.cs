using Automation.Marketing.Customers;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Newsletters;

/// <summary>A newsletter's coming issue, as it stands with one customer.</summary>
/// <param name="At">When it goes to them, as far as it is known now.</param>
/// <param name="Verdict">Would they get it? Null: they are not in its audience.</param>
/// <param name="Audience">How the newsletter's audience stands with them; null: it is for all who consented.</param>
/// <param name="Send">Their send, where the issue has come to them already.</param>
public sealed record ComingIssue(Appointment Appointment, DateTimeOffset At, Verdict? Verdict, string? Audience, Send? Send);

/// <summary>
/// Would a customer get a newsletter's coming issue, and if not, why? As they are today, by the rules that judge them when it goes. The
/// coming issue is the one that is being sent or is paused, else the next slot. Reads only.
/// </summary>
public sealed class ComingIssues(AppointmentBook book, ChunkLedger ledger, Func<ShopSettings> shop, TimeProvider time)
{
    /// <summary>Null: there is none within eight weeks.</summary>
    public async ValueTask<ComingIssue?> Find(Newsletter newsletter, Customer customer)
    {
        var now = time.GetUtcNow();
        var appointments = await book.Ahead(now.AddDays(7 * NewsletterCalendar.Weeks));
        if (appointments.Where(one => one.Newsletter.Id == newsletter.Id && !one.IsOver).MinBy(one => one.Slot) is not { } coming) return null;
        var at = coming.Slot > now ? coming.Slot : now;
        var situation = new Situation { Customer = customer, Shop = shop(), Now = at };
        var room = Room.For(coming.Id, coming.Slot, shop().Plan, appointments, ledger, now, at);
        var verdict = await ChunkSending.Judge(newsletter, coming.IsFirstOfMonth, situation, room);
        return new(coming, at, verdict, newsletter.Audience is { } audience ? Conditions.Explain(audience, situation) : null, coming.HasBegun ? await Send(coming.Id, customer) : null);
    }

    private async ValueTask<Send?> Send(IssueId issue, Customer customer)
    {
        foreach (var id in (CustomerId[])[customer.Id, .. customer.MergedFrom])
            if (await ledger.Find(issue, id) is var (chunk, place)) return ChunkLedger.Send(issue, chunk, place);
        return null;
    }
}
