using Automation.Marketing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>Alarms of many walks at once, a page at a time: what is left is a message in the queue of
/// alarms.</summary>
public sealed class AlarmPages(HeldWalks held, Mover mover, IJourneyOrchestrations alarms, Tables tables)
{
    /// <summary>Between two pages: everybody who is woken has work to do.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    /// <summary>A page of those held back, and a message for the next.</summary>
    public async Task LookAgain(string? from, CancellationToken cancellation)
    {
        var (walks, next) = await held.Page(from, cancellation);
        foreach (var walk in walks) await alarms.Wake(walk);
        if (next is not null) await tables.AlarmQueue.Send(new AlarmMessage.Held(next).Write(), Breath, cancellation);
    }

    /// <summary>A page of those who are moved into another version, and a message for the next.</summary>
    public async Task MoveOn(string journey, string key, CancellationToken cancellation)
    {
        if (await mover.Page(journey, key, cancellation) is { } order)
            await tables.AlarmQueue.Send(Mover.Alarm(order), Breath, cancellation);
    }

    /// <summary>All who wait in a journey that was paused.</summary>
    public async Task Resume(string journey, CancellationToken cancellation)
    {
        await foreach (var walk in held.In(journey, cancellation)) await alarms.Wake(walk);
    }
}
