using System.Diagnostics;
using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Year.Tests;

namespace Automation.Benchmarks;

/// <summary>A year of a large shop on virtual time with the real engine (<c>YEAR_CUSTOMERS</c>, 50,000 where not said).
/// Its floor is the same year of a shop of 500, mostly the year itself: timers, and issues that go through their 256
/// shards for hardly anybody.</summary>
internal static class YearMeasures
{
    private static int Customers =>
        int.Parse(Environment.GetEnvironmentVariable("YEAR_CUSTOMERS") ?? "50000", CultureInfo.InvariantCulture);

    public static async Task Run()
    {
        await Live(500);
        await Live(Customers);
    }

    private static async Task Live(int customers)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await using var year = await ShopYear.Live(new(customers));
        var seconds = watch.Elapsed.TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var ledger = await Year.Tests.Ledger.Read(year.Product);
        var letters = year.Outbox.All.Count(mail => mail.Letter);
        var expired = ledger.Sends.Count(send => send.Reason?.StartsWith("expired", StringComparison.Ordinal) == true);
        var accepted = ledger.Sends.Count(send => send.State == SendState.Accepted);
        System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{customers:N0} customers: {seconds:N0} s ({used:N0} s CPU), {year.Webhooks:N0} webhooks, "
            + $"{ledger.Walks.Count:N0} walks, "
            + $"{accepted:N0} mails of journeys (expired: {expired}), {letters:N0} letters in {ledger.Issues.Count} "
            + $"issues, "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000:N0} MB"));
    }
}
