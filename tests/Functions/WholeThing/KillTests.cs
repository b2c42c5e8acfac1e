using System.Diagnostics;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.WholeThing;

[Long(40)]
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Orders = Thorough.Or(100, 200);
    private static readonly int Kills = Thorough.Or(8, 50);

    [Fact]
    public async Task Killed_many_times_at_random_moments_nothing_is_lost_and_nobody_gets_a_mail_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var sink = await ProviderSink.Start();
        await using var product = Trial.Product(sink, TestShop.Write(), rate: 86400);
        await product.Start();
        var posting = Post(product);
        for (var kill = 0; kill < Kills; kill++)
        {
            using (var life = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 500))))
                await life.WaitForNextTickAsync();
            await product.Kill();
            await product.Start();
        }
        await posting;
        await Over(product);
        var enrollments = await product.List("/api/journeys/three/enrollments");
        Assert.Equal(Orders, enrollments.Count);

        var sends = await product.List("/api/sends");
        Trial.EachOnce(sends, sink, Orders);
        output.WriteLine($"{sends.Count(s => s.Text("state") == "uncertain")} of {sends.Count} sends are uncertain");
    }

    /// <summary>Returns when every order's enrollment is over; names those that are not.</summary>
    private static async Task Over(ProductProcess product)
    {
        List<System.Text.Json.JsonElement> open = [];
        try
        {
            await product.Until(async () =>
            {
                var all = await product.List("/api/journeys/three/enrollments");
                open = [.. all.Where(e => e.Text("outcome") != "completed")];
                return all.Count == Orders && open.Count == 0 ? all : null;
            }, TimeSpan.FromSeconds(60), "every enrollment completes");
        }
        catch (TimeoutException late)
        {
            var parked = await product.List("/api/parked");
            throw new TimeoutException(
                $"{open.Count} enrollments are open, {parked.Count} webhooks parked: "
                + $"{string.Join('\n', open.Take(3))} {string.Join('\n', parked.Take(3))} {late.Message}");
        }
    }

    /// <summary>The platform: posts every order until it is answered 2xx, whatever happens to the product
    /// meanwhile.</summary>
    private static async Task Post(ProductProcess product)
    {
        var random = new Random(1);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(150));
        for (var n = 0; n < Orders; n++)
        {
            for (var watch = Stopwatch.StartNew(); ; await pace.WaitForNextTickAsync())
            {
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(120), "the product stays away");
                try
                {
                    using var answer = await product.Http.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
                    if (answer.IsSuccessStatusCode) break;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException
                    or SocketException)
                {
                    // killed just now: the platform tries again
                }
            }
            if (random.Next(3) > 0) await pace.WaitForNextTickAsync();
        }
    }
}
