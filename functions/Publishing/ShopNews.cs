using Automation.Marketing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Publishing;

/// <summary>What other machines did to the shop: pushed files, held journeys. Looked up before work, at most every half
/// minute; who does nothing asks nothing.</summary>
public sealed class ShopNews(
    ShopFiles files, ShopWatch shop, PublishedJourneys journeys, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private long looked = wall.GetTimestamp();

    public async Task Look()
    {
        var last = Volatile.Read(ref looked);
        if (wall.GetElapsedTime(last) < Fresh
            || Interlocked.CompareExchange(ref looked, wall.GetTimestamp(), last) != last) return;
        if (await files.Refresh()) await shop.Publish(CancellationToken.None);
        else await journeys.ReadPaused();
    }
}
