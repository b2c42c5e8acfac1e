using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Sending;

/// <summary>A message that may go: who hands it over. <paramref name="at"/>: when its send was claimed.</summary>
internal delegate Task<DeliveryResult> Delivery(DateTimeOffset at, CancellationToken cancellation);

/// <summary>What a way says of a message to a customer.</summary>
/// <param name="Delivery">Null: it does not go now.</param>
/// <param name="IsBusy">The provider asked for the wait.</param>
internal sealed record Prepared(Verdict Verdict, Delivery? Delivery = null, bool IsBusy = false);

/// <summary>One channel by which messages leave: judges, renders, hands over, and rests where its provider asked for
/// it.</summary>
public abstract class DeliveryChannel(TimeProvider time)
{
    private volatile Rest? rest;

    /// <summary>What a busy provider asked for. Elapsed time: a clock that is put back makes it no longer.</summary>
    private sealed record Rest(long Since, DeliveryResult.Busy Asked);

    /// <summary><c>email</c>, <c>line</c>.</summary>
    public abstract string Channel { get; }

    /// <summary>The transport's name; null: there is none.</summary>
    public abstract string? Transport { get; }

    /// <summary>How long one handover can take at most.</summary>
    internal abstract TimeSpan Longest { get; }

    /// <summary>May what was claimed be handed over although it perhaps was already?</summary>
    internal abstract bool MayRepeat(Send claimed, DateTimeOffset now);

    internal abstract ValueTask<Prepared> Prepare(
        string id, string name, Purpose purpose, Situation situation, DateTimeOffset now);

    /// <summary>Nothing more is tried for as long as was asked.</summary>
    internal void Rested(DeliveryResult.Busy busy) => rest = new(time.GetTimestamp(), busy);

    /// <summary>What still holds everything back; null: nothing does.</summary>
    internal (TimeSpan Left, DeliveryResult.Busy Asked)? Resting =>
        rest is { } resting && resting.Asked.RetryAfter - time.GetElapsedTime(resting.Since) is var left
            && left > TimeSpan.Zero ? (left, resting.Asked) : null;

    /// <summary>The provider asked for a wait that is not over; null: it did not.</summary>
    private protected Prepared? Wait(DateTimeOffset now) =>
        Resting is var (left, asked) ? new(Verdict.Later(now + left, asked.Reason), IsBusy: true) : null;

    /// <summary>When marketing may go: outside the shop's quiet hours in the customer's zone.</summary>
    protected static DateTimeOffset Opens(Purpose purpose, Situation situation, DateTimeOffset now) =>
        purpose == Purpose.Marketing && situation.Shop.QuietHours is { } quiet
            ? quiet.Outside.NextOpening(now, Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone)) : now;
}
