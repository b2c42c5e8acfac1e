using Automation.Marketing.Segments;

namespace Automation.Marketing.Newsletters;

/// <summary>When a customer's newsletters went out and will: what the shop's plan counts first and keeps a day free for.</summary>
public static class ReaderAppointments
{
    /// <summary>All that may have gone to them or will, each as late as it can have been: rather one too many than one too few. Pure.</summary>
    public static IReadOnlyList<DateTimeOffset> Roughly(IReadOnlyList<Appointment> book, Situation situation, DateTimeOffset now) =>
        [.. book.Where(one => one.HasBegun || one.IsFor(situation)).Select(one => one.Latest(now)).Order()];

    /// <summary>Those that did go to them, and will.</summary>
    public static async ValueTask<IReadOnlyList<DateTimeOffset>> Exactly(IReadOnlyList<Appointment> book, Situation situation, ChunkLedger ledger, DateTimeOffset now)
    {
        var (moments, receipts) = (new List<DateTimeOffset>(), new Receipts(ledger));
        foreach (var one in book)
            if (await receipts.Of(one, situation, yields: false, now) is { } at) moments.Add(at);
        return [.. moments.Order()];
    }
}
