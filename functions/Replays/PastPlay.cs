using Automation.DurableTask.Embedded;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Replays;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Sqlite;
using Automation.Storage;

namespace Automation.Functions.Replays;

/// <summary>What came of a past that was played.</summary>
/// <param name="Got">By customer, the mails of journeys they would have got.</param>
/// <param name="Broken">Walks and events that could not be played.</param>
public sealed record Played(
    PeriodFigures Figures, IReadOnlyDictionary<CustomerId, List<string>> Got, int Broken);

/// <summary>Plays a past with a shop folder: the product itself (intake, planner, gate, plan, newsletters) on a clock
/// that jumps from one due moment to the next, in a copy of the past's database, with transports that send nothing.
/// Customers answer a mail as they really did where they got it then.</summary>
public sealed class PastPlay : IAsyncDisposable
{
    /// <summary>When the product looks at all customers, once a day.</summary>
    private static readonly TimeSpan Night = new(18, 40, 0);

    /// <summary>A send's id begins with its customer's.</summary>
    private const int IdLength = 24;

    private readonly Past past;
    private readonly VirtualTime time;
    private readonly ServiceProvider made;
    private readonly PlayedAlarms alarms;
    private readonly EmbeddedTaskHub hub;
    private readonly PeriodTally tally;
    private readonly PriorityQueue<(CustomerId Customer, string Send, string Type), DateTimeOffset> answers = new();
    private PlayedNights nights = null!;
    private int broken;

    private PastPlay(Past past, ShopSettings shop, string file)
    {
        this.past = past;
        tally = new(past.Stretch.From, past.Stretch.To, Zones.Of(null, shop.TimeZone));
        time = new(past.Stretch.Begin);
        alarms = new(time);
        made = new ServiceCollection()
            .AddSingleton(new Diary.Holder((_, at, reason) => tally.Hold(at, reason)))
            .AddPlayed(file, time, Sent)
            .AddSingleton<IJourneyOrchestrations>(alarms)
            .BuildServiceProvider();
        hub = Get<EmbeddedTaskHub>();
    }

    /// <param name="folder">A copy of the shop's folder, whose <c>shop.json</c> can be read; issues that went out then
    /// are added where they are missing.</param>
    /// <param name="told">Is told how many events were told since it was asked last; held here, nothing goes
    /// on.</param>
    public static async Task<Played> Play(
        Past past, string folder, Func<int, ValueTask> told, CancellationToken cancellation)
    {
        var shop = ShopFolder.Read(folder).Shop
            ?? throw new InvalidDataException("shop.json cannot be read.");
        var file = $"{past.File}.played";
        SqliteBackup.Copy(past.File, file);
        try
        {
            await using var play = new PastPlay(past, shop, file);
            return await play.Run(folder, told, cancellation);
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm"]) File.Delete(file + part);
        }
    }

    private T Get<T>() where T : notnull => made.GetRequiredService<T>();

    private async Task<Played> Run(string folder, Func<int, ValueTask> told, CancellationToken cancellation)
    {
        await Get<Tables>().Create(cancellation);
        foreach (var (issue, text) in past.Issues)
            if (Path.Combine(folder, issue) is var place && !File.Exists(place)
                && Directory.Exists(Path.GetDirectoryName(place)))
                await File.WriteAllTextAsync(place, text, cancellation);
        await Get<ShopPublisher>().Publish(folder, cancellation);
        hub.Start();
        nights = new(
            Get<CustomerStore>(), Get<PublishedJourneys>(), Get<BuyingHabits>(), Get<LateWord>(), Get<INightWatch>(),
            Get<UsualIntervals>());
        await nights.Begin(time.GetUtcNow(), cancellation);
        var passing = new PassingTime(time, hub, [Slots(), Nights()]);
        for (var next = 0; Next(next, passing) is { } due && due <= past.Stretch.End;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (passing.NextDue <= due) await passing.RunUntil(due, cancellation);
            else time.JumpTo(due);
            var before = next;
            for (; next < past.Events.Count && past.Events[next].At <= time.GetUtcNow(); next++)
                await Tell(past.Events[next]);
            await Answer();
            await alarms.Run((walk, turn) => Advance(walk, turn, cancellation), cancellation);
            if (next > before) await told(next - before);
        }
        await foreach (var row in Get<Tables>().Timeline.Query(new TableQuery(), cancellation))
            if (row.RowKey.StartsWith("s|", StringComparison.Ordinal))
                tally.Add(Documents.Read(row, SendJson.Send).Value);
        foreach (var newsletter in Get<PublishedNewsletters>().All())
            await foreach (var issue in Get<IssueStore>().Of(newsletter.Id)) tally.Add(issue);
        return new(tally.Figures(played: true), tally.Got, broken + alarms.Broken);
    }

    private DateTimeOffset? Next(int next, PassingTime passing)
    {
        DateTimeOffset? first = next < past.Events.Count ? past.Events[next].At : null;
        foreach (var one in (DateTimeOffset?[])[
            alarms.NextDue, passing.NextDue, answers.TryPeek(out _, out var answer) ? answer : null])
            if (one is { } at && !(first <= at)) first = at;
        return first < time.GetUtcNow() ? time.GetUtcNow() : first;
    }

    private Task<Pause> Advance(EnrollmentId walk, int turn, CancellationToken cancellation)
    {
        nights.Touch(walk.Customer);
        return Get<Walker>().Advance(walk, turn, cancellation);
    }

    /// <summary>What cannot be told is left out and counted: it keeps nothing else from being told.</summary>
    private async Task Tell(PastEvent happened)
    {
        nights.Touch(happened.Customer);
        try
        {
            switch (happened)
            {
                case PastEvent.Ordered(_, var customer, var order):
                    await Get<ToldOrders>().See(
                        OrderThen.Of(order, time.GetUtcNow())! with { Customer = customer });
                    break;
                case PastEvent.Said(var customer, var channel, var said):
                    await Get<ConsentService>().Record(customer, channel, said);
                    break;
                case PastEvent.Happened(var told):
                    await Hear(told);
                    break;
            }
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            broken++;
        }
    }

    private async Task Hear(ShopEvent told)
    {
        if (await Get<CustomerStore>().Find(told.Customer) is not { Value: { ErasedAt: null } customer }) return;
        var order = told.Order is { } key ? (await Get<OrderStore>().Find(key))?.Value : null;
        await Get<IShopEvents>().Handle(told, customer, order, false);
    }

    /// <summary>Whoever opened or clicked this mail then, does so again as long after it.</summary>
    private void Sent(Message message)
    {
        if (message.Id.Length <= IdLength) return;
        var customer = new CustomerId(message.Id[..IdLength]);
        if (!past.Reactions.TryGetValue(Past.Key(customer, message.Mail), out var reaction)) return;
        if (reaction.Opened is { } opened)
            answers.Enqueue((customer, message.Id, EventTypes.MailOpened), time.GetUtcNow() + opened);
        if (reaction.Clicked is { } clicked)
            answers.Enqueue((customer, message.Id, EventTypes.MailClicked), time.GetUtcNow() + clicked);
    }

    private async Task Answer()
    {
        while (answers.TryPeek(out var one, out var at) && at <= time.GetUtcNow())
        {
            answers.Dequeue();
            if (await Get<Ledger>().Find(one.Send) is not { Send: var send }) continue;
            await Hear(new()
            {
                Id = $"{one.Send}:{one.Type}",
                Type = one.Type,
                At = at,
                Customer = one.Customer,
                Mail = send.Mail,
                For = send.For,
            });
        }
    }

    /// <summary>Newsletters go out in their slots; where an issue asks for somebody's word, it gets it.</summary>
    private Recurring Slots() => new(
        after => Get<SlotScheduler>().NextDue(after),
        async cancellation =>
        {
            await Get<SlotScheduler>().Run(cancellation);
            await hub.WaitForIdleAsync();
            foreach (var newsletter in Get<PublishedNewsletters>().All())
                await foreach (var issue in Get<IssueStore>().Of(
                    newsletter.Id, Zones.Day(time.GetUtcNow(), TimeZoneInfo.Utc).AddDays(-2)))
                    if (issue is { State: IssueState.Paused, StartedAt: null })
                        await Get<IssueStart>().Confirm(issue.Id, cancellation);
        });

    private Recurring Nights() => new(
        after => new DateTimeOffset(after.UtcDateTime.Date, TimeSpan.Zero) + Night is var today && today > after
            ? today : today.AddDays(1),
        cancellation => nights.Pass(time.GetUtcNow(), cancellation));

    public async ValueTask DisposeAsync()
    {
        await hub.StopAsync();
        await made.DisposeAsync();
    }
}
