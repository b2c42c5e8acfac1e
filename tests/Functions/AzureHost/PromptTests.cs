using System.Diagnostics;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Thank at once, also under the Functions host, where everything that is to happen is first looked
/// for.</summary>
[Long(35)]
[Trait("Needs", "Azurite")]
public sealed class PromptTests(Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    private const int Idle = 6, Busy = 14;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Idle_or_at_work_an_order_has_its_mail_within_three_seconds_nineteen_times_of_twenty()
    {
        await using var sink = await ProviderSink.Start();
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
            {
                ["Shop__Folder"] = TestShop.Write(),
                ["SendGrid__BaseUrl"] = sink.Url,
            }), polls: true);
        await ToMail(0);   // what a process learns once
        var took = new List<double>();
        for (var n = 1; n <= Idle; n++)
        {
            await Task.Delay(host.Rules.MaxPollingInterval * 2);   // until everybody looks as rarely as they ever do
            took.Add(await ToMail(n));
        }
        output.WriteLine($"idle: {Said(took)}");
        var others = new List<Task<double>>();
        using var pace = new PeriodicTimer(Pace);
        for (var n = Idle + 1; n <= Idle + Busy; n++, await pace.WaitForNextTickAsync()) others.Add(ToMail(n));
        var busy = await Task.WhenAll(others);
        output.WriteLine($"at work: {Said(busy)}");
        took.AddRange(busy);
        Assert.True(took.Order().ElementAt(took.Count * 95 / 100 - 1) < 3, Said(took));

        async Task<double> ToMail(int n)
        {
            var watch = Stopwatch.StartNew();
            await host.Take(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
            for (var to = $"customer{n}@example.jp"; sink.Accepted.All(mail => mail.To != to); await Task.Delay(10))
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"the mail to {to} did not arrive\n{host.Log()}");
            return watch.Elapsed.TotalSeconds;
        }
    }

    private static string Said(IEnumerable<double> took) =>
        $"{string.Join(", ", took.Order().Select(one => $"{one:n2}"))} s from order to mail";
}
