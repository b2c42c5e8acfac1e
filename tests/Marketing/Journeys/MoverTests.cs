using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Journeys;

/// <summary>People are moved from one version of a journey into another: each once, whatever is killed when.</summary>
public sealed class MoverTests
{
    private const string Old =
        """{ "do": "wait", "for": "14 days" }, { "do": "send", "mail": "m" }, { "do": "wait", "for": "3 days" }""";
    private const string New =
        """{ "do": "update", "addTags": ["asked"] }, { "do": "wait", "for": "10 days" }, { "do": "send", "mail":"""
        + """ "m" }""";
    private static readonly Dictionary<string, string> Targets = new() { ["0"] = "1", ["2"] = MoveOrder.Leave };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Killed_at_any_write_everybody_is_moved_once_and_counted_once(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await House.Open();
        var alarms = new Woken();
        await using var first = Restarted(house, alarms);
        var order = await Begin(house, first);
        await using var second = Restarted(house, alarms);
        await crash.During(house.Storage, () => MoveAll(first, order));
        if (crash.Killed)
        {
            await Publish(second);
            await MoveAll(second, order);
        }
        var walks = await Walks(house);
        Assert.Equal(
            ["0 2 1 Live", "1 2 1 Live", "2 1 2 Left", "3 1 1 Live", "4 2 1 Completed"],
            walks.Select(
                walk => $"{walk.Id.Key} {walk.Version} {walk.Walk.Cursor} {walk.Outcome?.ToString() ?? "Live"}"));
        Assert.All(walks.Where(walk => walk.Mark is not null), walk => Assert.Equal(order.Key, walk.Mark!.By));
        Assert.Equal(["0", "1", "2"], alarms.Said.Distinct().Order(StringComparer.Ordinal));
        var done = await first.GetRequiredService<Moves>().Find("j", order.Key);
        Assert.Equal(MoveState.Done, done!.State);
        Assert.Equal(2, done.Moved);
        Assert.Equal(1, done.Left);
        Assert.Equal(1, done.Stayed);
    });

    [Fact]
    public async Task Who_has_waited_five_days_waits_five_more_where_the_new_wait_is_ten()
    {
        await using var house = await House.Open();
        await using var made = Restarted(house, new Woken());
        await MoveAll(made, await Begin(house, made));
        var walk = (await Walks(house))[0];
        Assert.Equal(house.Clock.Now.AddDays(-5), walk.Walk.Since);
        Assert.Equal(house.Clock.Now, walk.Until);
    }

    [Fact]
    public async Task A_stopped_move_moves_nobody_until_it_goes_on()
    {
        await using var house = await House.Open();
        await using var made = Restarted(house, new Woken());
        var (order, mover) = (await Begin(house, made), made.GetRequiredService<Mover>());
        await mover.Stop("j", order.Key);
        Assert.Null(await mover.Page("j", order.Key, default));
        Assert.All(await Walks(house), walk => Assert.Null(walk.Mark));
        Assert.Equal(MoveState.Running, (await mover.GoOn("j", order.Key))!.State);
        await MoveAll(made, order);
        Assert.Equal(3, (await Walks(house)).Count(walk => walk.Mark is not null));
    }

    [Fact]
    public void A_step_that_is_not_there_cannot_be_moved_to()
    {
        var (old, now) = (Version(1, Old), Version(2, New));
        Assert.Empty(MoveOrder.Problems(old, now, Targets));
        Assert.Equal(
            ["There is no step 7 in version 1.",
                "There is no step 3 in version 2: name one, or \"stay\" or \"leave\"."],
            MoveOrder.Problems(old, now, new Dictionary<string, string> { ["7"] = "1", ["0"] = "3" }));
        Assert.NotEmpty(MoveOrder.Problems(old, old, Targets));
    }

    private static ServiceProvider Restarted(House house, Woken alarms) =>
        house.Container(services => services.AddSingleton<IJourneyOrchestrations>(alarms));

    private static async Task MoveAll(ServiceProvider made, MoveOrder order)
    {
        var mover = made.GetRequiredService<Mover>();
        while (await mover.Page(order.Journey, order.Key, default) is not null) { }
    }

    private static PublishedJourney Version(int version, string steps) => new("j", version, Read(steps).Journey);

    private static JourneyFile Read(string steps)
    {
        var text =
            $$"""{ "name": "n", "purpose": "marketing", "trigger": { "event": "order.placed" }, "steps": [ """
            + $$"""{{steps}} ] }""";
        return new()
        {
            Id = "j",
            File = "j.json",
            Source = text,
            Hash = "",
            Journey = JourneyReader.Read("j.json", Encoding.UTF8.GetBytes(text), Names.Unchecked).Journey!,
        };
    }

    private static async Task<PublishedJourneys> Publish(ServiceProvider made)
    {
        var journeys = made.GetRequiredService<PublishedJourneys>();
        await journeys.Publish(made.GetRequiredService<Marketing.Shop.CurrentShop>().Settings, "{}", [Read(New)], []);
        return journeys;
    }

    /// <summary>Two wait since five days, one waits further on, one is at a step that stays, one is over.</summary>
    private static async Task<MoveOrder> Begin(House house, ServiceProvider made)
    {
        var journeys = made.GetRequiredService<PublishedJourneys>();
        await journeys.Publish(house.Shop, "{}", [Read(Old)], []);
        var now = house.Clock.Now;
        string[] cursors = ["0", "0", "2", "1"];
        for (var n = 0; n < cursors.Length; n++) await Add(n, 1, cursors[n], null);
        await Add(4, 2, "1", Outcome.Completed);
        await Publish(made);
        while (await house.Tables.AlarmQueue.Receive(9, TimeSpan.FromMinutes(5)) is { Count: > 0 } before)
            foreach (var message in before) await house.Tables.AlarmQueue.Delete(message.Id, message.Receipt);
        return await made.GetRequiredService<Mover>().Begin(
            (await journeys.Find("j", 1))!, journeys.Latest("j")!, Targets, "mika", TimeSpan.Zero, default);

        Task Add(int n, int version, string cursor, Outcome? outcome)
        {
            var customer = new CustomerId($"00112233445566778899aab{n}");
            var trigger = new ShopEvent { Id = $"t{n}", Type = EventTypes.OrderPlaced, At = now, Customer = customer };
            return made.GetRequiredService<EnrollmentStore>().Adds(
                Enrollment.Begin(new(customer, "j", $"{n}"), version, trigger, null, now.AddDays(-5)) with
                {
                    Turn = 1,
                    Walk = new(cursor, now.AddDays(-5)),
                    Until = now.AddDays(9),
                    Outcome = outcome,
                }).Do();
        }
    }

    private static async Task<List<Enrollment>> Walks(House house)
    {
        var walks = new List<Enrollment>();
        for (var n = 0; n < 5; n++)
            walks.AddRange((await new EnrollmentStore(house.Tables).Of(
                new($"00112233445566778899aab{n}"))).Select(one => one.Value));
        return walks;
    }

    private sealed class Woken : IJourneyOrchestrations
    {
        public List<string> Said { get; } = [];
        public Task Start(EnrollmentId enrollment, int turn) => Task.CompletedTask;
        public Task<bool> IsAlive(EnrollmentId enrollment) => Task.FromResult(true);

        public Task Wake(EnrollmentId enrollment)
        {
            Said.Add(enrollment.Key);
            return Task.CompletedTask;
        }
    }
}
