using Automation.Marketing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>Holds a journey (nobody starts, whoever is in it stays where they are), or lets it go on: at once, through
/// queue <c>alarms</c>. Also one whose file is gone: people may still be in it.</summary>
public sealed class JourneyHold(PublishedJourneys journeys, StuckWalks stuck, Tables tables)
{
    /// <summary>The journey, held or not; null: there is none.</summary>
    public async Task<PublishedJourney?> Set(string id, bool paused)
    {
        if (!JourneyReader.IsWellFormedId(id) || await journeys.Last(id) is not { } journey) return null;
        await journeys.SetPaused(journey.Id, paused, CancellationToken.None);
        if (paused) return journey;
        await tables.AlarmQueue.Send(new AlarmMessage.Resume(journey.Id).Write());
        await stuck.Forget(StuckWalks.Of(id), CancellationToken.None);
        return journey;
    }
}
