using System.Diagnostics;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Thank at once, also under the Functions host, where everything that is to happen is first looked for.</summary>
public sealed class PromptTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Orders = 4;

    [Fact]
    public async Task From_an_order_to_its_mail_it_takes_three_seconds_where_the_app_is_awake_and_idle()
    {
        await using var sink = await ProviderSink.Start();
        await using var host = await Host(sink, polls: true);
        var took = new List<double>();
        for (var n = 0; n < Orders; n++)
        {
            await Task.Delay(host.Rules.MaxPollingInterval * 2);   // until everybody looks as rarely as they ever do
            var watch = Stopwatch.StartNew();
            await host.Take(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
            await Arrive(sink, n + 1, host);
            took.Add(watch.Elapsed.TotalSeconds);
        }
        output.WriteLine($"{string.Join(", ", took.Select(one => $"{one:n2} s"))} from order to mail");
        // The first learns what a process learns once; of the others one may meet a machine that has no time.
        Assert.True(took.Skip(1).Order().ElementAt(Orders - 3) < 3, $"{string.Join(", ", took)}");
    }

    private async Task<FunctionsHost> Host(ProviderSink sink, bool polls = false, string? way = null)
    {
        var settings = AzureSettings.With(new() { ["Shop__Folder"] = TestShop.Write(), ["SendGrid__BaseUrl"] = sink.Url });
        if (way is not null) settings["Storage__ConnectionString"] = way;
        return await FunctionsHost.Start(await PublishedApp.Folder(), azurite.ConnectionString, settings, polls: polls);
    }

    private static async Task Arrive(ProviderSink sink, int mails, FunctionsHost host)
    {
        for (var watch = Stopwatch.StartNew(); sink.Accepted.Count < mails; await Task.Delay(10))
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{sink.Accepted.Count} of {mails} mails arrived\n{host.Log()}");
    }
}
