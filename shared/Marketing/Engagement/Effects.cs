using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>Does what follows from the provider's word: settles sends, stops addresses, withdraws consents, tells
/// journeys, calls somebody's attention.</summary>
public sealed class Effects(
    EngagementStore store, CustomerStore customers, AddressBlocking stops, Reconciliation settling,
    AccountAttention attention, SendNews news)
{
    /// <summary>Draws one consequence of what became of a send; again is harmless.</summary>
    /// <param name="now">The send's record, as it is to be written next.</param>
    internal async Task Draw(
        Consequence consequence, SendStory story, EngagementRecord now, CancellationToken cancellation)
    {
        switch (consequence)
        {
            case Consequence.Settle(var processed, var reason):
                if (story.IsOpen) await settling.Settle(story.SendId, processed, reason, cancellation);
                break;
            case Consequence.Suppress(var reason, var at):
                if (await Address(story) is { } address) await stops.Suppress(address, reason, at);
                break;
            case Consequence.Withdraw(var how, var at):
                await stops.Withdraw(story.Customer, how, at, story.SendId);
                break;
            case Consequence.WeighSoftBounces(var at):
                var all = await store.Of(story.Customer, cancellation);
                all[story.SendId] = now;
                if (SoftBounceRule.GivesUp(all.Values) && await Address(story) is { } soft)
                    await stops.Suppress(soft, Consequences.SoftBounces, at);
                break;
            case Consequence.Attend(var what, var at):
                await attention.Note(what, at);
                break;
            case Consequence.Tell tell:
                await news.Tell(tell, story);
                break;
        }
    }

    /// <summary>A mail that is none of ours: what it says of one of our customers' addresses holds all the
    /// same.</summary>
    internal async Task Draw(SendGridEvent.OfMail stranger)
    {
        var nothing = new EngagementRecord { Mail = "", For = "" };
        var drawn = Consequences.Stops(nothing, nothing.After(stranger.Event)).ToList();
        if (drawn.Count == 0 || stranger.Address is not { } address
            || await customers.FindByIdentity(new(Identity.Email, address)) is not { } owner) return;
        foreach (var consequence in drawn)
        {
            if (consequence is Consequence.Suppress(var reason, var at)) await stops.Suppress(address, reason, at);
            if (consequence is Consequence.Withdraw(var how, var when))
                await stops.Withdraw(owner.Value.Id, how, when, null);
        }
    }

    /// <summary>Something about the account itself: for a person to look at.</summary>
    internal Task Draw(SendGridEvent.OfAccount account) =>
        attention.Note($"account: {account.Change}", account.At);

    /// <summary>Whom it was written to; where the event does not say, the customer's address.</summary>
    private async ValueTask<string?> Address(SendStory story) =>
        story.Address ?? (await customers.Find(story.Customer))?.Value.Email;
}
