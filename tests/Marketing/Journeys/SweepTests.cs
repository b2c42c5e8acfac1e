using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Marketing.Tests.Journeys;

public sealed class SweepTests
{
    [Fact]
    public async Task Who_is_overdue_is_woken_who_is_lost_is_started_and_who_waits_sleeps_on()
    {
        await using var house = await House.Open();
        var (enrollments, alarms) = (new EnrollmentStore(house.Tables), new NotedAlarms());
        foreach (var (key, until) in ((string, double)[])[("overdue", -2), ("waiting", 2), ("lost", 2)])
            await Begin(key, house.Clock.Now.AddHours(until));
        await new Sweep(
            enrollments, house.Get<PublishedJourneys>(),
            new StuckWalks(house.Tables, house.Clock, new() { IsSingleProcess = false }), alarms,
            house.Clock, NullLogger<Sweep>.Instance).Run(default);
        Assert.Equal(["start lost", "wake overdue"], alarms.Said.Order(StringComparer.Ordinal));

        async Task Begin(string key, DateTimeOffset until)
        {
            var customer = new CustomerId("00112233445566778899aabb");
            var trigger = new ShopEvent
            {
                Id = key,
                Type = EventTypes.OrderPlaced,
                At = house.Clock.Now,
                Customer = customer
            };
            await enrollments.Adds(Enrollment.Begin(
                new(customer, "welcome", key), 1, trigger, null, house.Clock.Now.AddDays(-3)) with
            {
                Turn = 1,
                Until = until
            }).Do();
        }
    }

    private sealed class NotedAlarms : IJourneyOrchestrations
    {
        public List<string> Said { get; } = [];

        public Task Start(EnrollmentId enrollment, int turn) => Say($"start {enrollment.Key}");

        public Task Wake(EnrollmentId enrollment) => Say($"wake {enrollment.Key}");

        public Task<bool> IsAlive(EnrollmentId enrollment) => Task.FromResult(enrollment.Key != "lost");

        private Task Say(string what)
        {
            Said.Add(what);
            return Task.CompletedTask;
        }
    }
}
