using Automation.Marketing.Inbox;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Tests.Orders;

public sealed class RefusalsTests
{
    private const string Why =
        "X-Signature does not match: Sources:till:Secret is not the secret that the platform signs with, or somebody "
        + "else posts";

    [Fact]
    public async Task However_many_are_refused_it_is_said_at_first_and_every_ten_minutes_with_how_many_and_since_when()
    {
        await using var house = await House.Open();
        var log = new Lines();
        var refusals = new Refusals(house.Tables, house.Clock, log);
        house.Storage.Reset();
        for (var n = 0; n < 1000; n++) await refusals.Note("till", Why);
        Assert.Equal(2, house.Storage.Operations.Count);
        Assert.Equal(
            [$"source till: 1 refused since 2026-11-22 09:00 UTC, the latest 2026-11-22 09:00: {Why}"], log.Said);

        house.Clock.Now += TimeSpan.FromMinutes(10);
        await refusals.Note("till", Why);
        Assert.Equal(
            $"source till: 1001 refused since 2026-11-22 09:00 UTC, the latest 2026-11-22 09:10: {Why}", log.Said[^1]);
        Assert.Equal(1001, Assert.Single(refusals.Lately).Count);
        Assert.Equal(Fixtures.Now, refusals.Lately[0].Since);

        // A restart goes on from what was said, a day of silence begins anew.
        await new Refusals(house.Tables, house.Clock, log).Note("till", Why);
        Assert.StartsWith("source till: 1002 refused since 2026-11-22 09:00", log.Said[^1], StringComparison.Ordinal);
        house.Clock.Now += TimeSpan.FromDays(1);
        Assert.Empty(refusals.Lately);
        await refusals.Note("till", Why);
        Assert.StartsWith("source till: 1 refused since 2026-11-23 09:10", log.Said[^1], StringComparison.Ordinal);
        Assert.Equal(1, await House.Count(house.Tables.Attention));
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Said.Add(formatter(state, exception));
    }
}
