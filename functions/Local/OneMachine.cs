using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;

namespace Automation.Functions.Local;

/// <summary>The product on one machine without anybody who drives its functions: what an import needs.</summary>
public sealed class OneMachine : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private OneMachine(ServiceProvider services) => this.services = services;

    public IServiceProvider Services => services;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Opens the data folder and creates what is missing.</summary>
    /// <param name="wall">The time outside; default: the system's.</param>
    /// <param name="more">Other services, which replace the product's.</param>
    public static async Task<OneMachine> Open(
        Settings settings, TimeProvider? wall = null, Action<IServiceCollection>? more = null,
        CancellationToken cancellation = default)
    {
        var services = new ServiceCollection().AddLogging();
        more?.Invoke(services);
        services.AddOneMachine(settings, wall ?? TimeProvider.System).AddProduct(settings);
        var machine = new OneMachine(services.BuildServiceProvider());
        try
        {
            await machine.services.Open(cancellation);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the hub finish what it has in hand, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Get<EmbeddedTaskHub>().StopAsync();
        await services.DisposeAsync();
    }
}
