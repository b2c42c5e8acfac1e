using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Intake;

/// <summary>What platforms and other systems tell, understood.</summary>
public static class Services
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<Misfits>()
        .AddSingleton<CustomerChanges>()
        .AddSingleton<OrderOwners>()
        .AddSingleton<ToldOrders>()
        .AddSingleton<ToldPeople>()
        .AddSingleton<ToldWishes>()
        .AddSingleton<OrderIngestion>()
        .AddSingleton<EventIngestion>()
        .AddSingleton<LineIngestion>();
}
