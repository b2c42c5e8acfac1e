using Automation.Marketing.Engagement;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Engagement;

/// <summary>A shop that has written to one customer and hears from the provider what became of it.</summary>
internal sealed class Feedback : IIssueSends, IAsyncDisposable
{
    public const string Address = "hanako@example.jp";
    private readonly House house;
    private readonly EngagementService desk;
    private readonly PublishedJourneys journeys;

    private Feedback(House house)
    {
        this.house = house;
        var made = house.Container(services => services
            .AddSingleton<IStandings>(new NobodyAsks())
            .AddSingleton<IIssueSends>(this));
        desk = made.GetRequiredService<EngagementService>();
        journeys = made.GetRequiredService<PublishedJourneys>();
    }

    private sealed class NobodyAsks : IStandings
    {
        public ValueTask<Standing> Of(Send send, CancellationToken cancellation) =>
            ValueTask.FromResult(new Standing(Verdict.No("nobody asks")));
    }

    public static async Task<Feedback> Open()
    {
        var feedback = new Feedback(await House.Open());
        await feedback.journeys.Publish(feedback.house.Shop, "{}", [], []);
        await feedback.house.Deliver("orders/create", Webhooks.Order("1001", 0));
        feedback.Customer = (await feedback.Now()).Id;
        await feedback.house.Consents.Record(
            feedback.Customer, "email", new(ConsentState.Given, feedback.house.Clock.Now.AddDays(-1), "api"));
        feedback.house.Heard.Clear();
        return feedback;
    }

    public House House => house;
    public CustomerId Customer { get; private set; }

    /// <summary>What a mail is for where nothing else is said: a journey of the customer.</summary>
    public string Reason => $"{new EnrollmentId(Customer, "welcome", "0001")}@0";
    public DateTimeOffset At(int seconds) => house.Clock.Now.AddSeconds(seconds);

    /// <summary>Issues' sends, and what was said of them.</summary>
    public Dictionary<string, SentMail> OfIssues { get; } = [];
    public List<ProviderWord> Words { get; } = [];

    /// <summary>From now on an event of this type begins a journey.</summary>
    public Task Begins(string type)
    {
        var journey = new Journey
        {
            Id = "answer",
            Name = "answer",
            Purpose = Purpose.Marketing,
            Trigger = new Trigger.On(new(type)),
            Steps = [],
        };
        return journeys.Publish(house.Shop, "{}", [new JourneyFile
        {
            Id = "answer",
            File = "answer.json",
            Source = "{}",
            Hash = "1",
            Journey = journey,
        }], []);
    }

    public Task<Customer> Now() => house.Customer($"email:{Address}");

    /// <summary>A mail that was sent, in this state as far as the ledger goes; its id.</summary>
    public async Task<string> Sent(string? reason = null, SendState state = SendState.Accepted)
    {
        reason ??= Reason;
        var send = new Send
        {
            Id = Ledger.Id(Customer, reason),
            Customer = Customer,
            Mail = "welcome",
            Purpose = Purpose.Marketing,
            For = reason,
            State = state,
            At = house.Clock.Now
        };
        Assert.True((await house.Tables.Timeline.Submit([Ledger.Write(send, null, null)])).Done);
        return send.Id;
    }

    public static SendGridEvent Of(string? sendId, MailEvent happened, string? address = Address) =>
        new SendGridEvent.OfMail(sendId, address, happened);

    public Task Take(params SendGridEvent[] notices) => desk.Take(notices);

    public async Task<EngagementRecord?> Record(string sendId) =>
        (await new EngagementStore(house.Tables).Find(sendId))?.Value;

    public async Task<List<Row>> Attention()
    {
        var rows = new List<Row>();
        await foreach (var row in house.Tables.Attention.Query(new TableQuery { PartitionKey = "stuck" }))
            rows.Add(row);
        return rows;
    }

    Task<IReadOnlyDictionary<string, SentMail>> IIssueSends.Settle(
        IReadOnlyCollection<ProviderWord> words, CancellationToken cancellation)
    {
        Words.AddRange(words);
        return Task.FromResult<IReadOnlyDictionary<string, SentMail>>(OfIssues);
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
