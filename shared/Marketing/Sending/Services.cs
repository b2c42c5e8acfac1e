using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Sending;

/// <summary>One message to one customer, once.</summary>
public static class Services
{
    public static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddSingleton<EngagementStore>()
        .AddSingleton<Ledger>()
        .AddSingleton<SendAttention>()
        .AddSingleton<MailChannel>()
        .AddSingleton<LineQuotas>()
        .AddSingleton<LineChannel>()
        .AddSingleton<DeliveryChannels>()
        .AddSingleton<Sending>()
        .AddSingleton<SendForecast>()
        .AddSingleton<TestMails>()
        .AddSingleton<Reconciliation>();
}
