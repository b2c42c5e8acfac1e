using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Trigger = Automation.Functions.Hosting.Trigger;

namespace Automation.Functions.Pushing;

/// <summary>
/// What other machines did to the shop: pushed files, held journeys. Looked up before work, at most every half minute; who does nothing
/// asks nothing.
/// </summary>
public sealed class ShopNews(ShopFiles files, ShopWatch shop, PublishedJourneys journeys, TimeProvider wall)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private long looked = wall.GetTimestamp();

    /// <summary>Looks before everything but the door, orchestrators and probes; also before timers, which may have a machine to themselves.</summary>
    public RequestDelegate Before(RequestDelegate next, IReadOnlyList<Manifest> manifests)
    {
        var asking = manifests.Where(Asks).Select(manifest => manifest.Function).ToHashSet();
        return async http =>
        {
            if (http.GetEndpoint()?.DisplayName is { } function && asking.Contains(function)) await Look();
            await next(http);
        };
    }

    public async Task Look()
    {
        var last = Volatile.Read(ref looked);
        if (wall.GetElapsedTime(last) < Fresh || Interlocked.CompareExchange(ref looked, wall.GetTimestamp(), last) != last) return;
        if (await files.Refresh()) await shop.Publish(CancellationToken.None);
        else await journeys.ReadPaused();
    }

    private static bool Asks(Manifest manifest) => manifest.Trigger switch
    {
        Trigger.Queue or Trigger.Activity or Trigger.Timer => true,
        Trigger.Http http => HttpRoutes.IsApi(http) || http.Route.StartsWith("u/", StringComparison.Ordinal),
        _ => false,
    };
}
