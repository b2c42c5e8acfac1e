using Automation.Functions.Metrics;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Sending;

namespace Automation.Functions.Hosting;

/// <summary>What is done once before anything works: tables are there, the shop is published.</summary>
public static class Opening
{
    /// <exception cref="SettingsException">There is no shop, or the folder is not the one the data knows.</exception>
    public static async Task Open(this IServiceProvider services, CancellationToken cancellation = default)
    {
        services.GetRequiredService<Alerts>();
        if (services.GetRequiredService<Settings>().HasMetrics) services.GetRequiredService<KeptFigures>();
        services.GetRequiredService<IMailTransport>();
        await services.GetRequiredService<Tables>().Create(cancellation);
        await services.GetRequiredService<ShopWatch>().Begin(cancellation);
    }
}
