using System.Collections.Concurrent;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Sending;

/// <summary>A transport that answers as told and remembers what it was given.</summary>
internal sealed class ToldTransport(bool idempotent = false) : IMailTransport
{
    public ConcurrentQueue<Message> Sent { get; } = new();
    public Func<Message, Task<DeliveryResult>> Answer { get; set; } = message => Task.FromResult<DeliveryResult>(
        new DeliveryResult.Accepted($"p-{message.Id}"));
    public string Name => "told";
    public bool Idempotent => idempotent;

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        Sent.Enqueue(message);
        return Answer(message);
    }

    public Func<MessageBatch, Task<DeliveryResult>> AnswerMany { get; set; } = _ => Task.FromResult<DeliveryResult>(
        new DeliveryResult.Accepted("p-many"));

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation)
    {
        foreach (var recipient in batch.Recipients) Sent.Enqueue(batch.Message(recipient));
        return AnswerMany(batch);
    }
}

/// <summary>A post office over tables of its own; <see cref="Restart"/> is what a kill leaves behind: the
/// tables.</summary>
internal sealed class Post : IAsyncDisposable
{
    public const string Cursor = "e1@0";
    private readonly House house;

    private Post(House house, IMailTransport transport, bool alone)
    {
        this.house = house;
        Shelf = new PublishedMails(house.Tables, house.Clock);
        Sending = Restart(transport, alone);
    }

    public static async Task<Post> Open(IMailTransport transport, string body = "本文", bool alone = true)
    {
        var post = new Post(await House.Open(), transport, alone);
        await post.Shelf.Publish([Mail.Template(body)]);
        await post.Tables.Timeline.Add(post.Progress("waiting"));
        return post;
    }

    public Tables Tables => house.Tables;
    public StandingClock Clock => house.Clock;
    public House House => house;
    public PublishedMails Shelf { get; }
    public Marketing.Sending.Sending Sending { get; private set; }
    public Senders Senders { get; } = Senders.Nobody with { PublicUrl = "https://shop.example" };

    public Customer Customer { get; set; } = Mail.Sato with
    {
        Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, Mail.Now, "test") }
    };

    public Marketing.Sending.Sending Restart(IMailTransport transport, bool alone = true)
    {
        var made = house.Container(services => services
            .AddSingleton(Shelf)
            .AddSingleton(transport)
            .AddSingleton(Senders)
            .AddSingleton(new MarketingOptions { IsSingleProcess = alone }));
        return Sending = made.GetRequiredService<Marketing.Sending.Sending>();
    }

    /// <summary>The customer's timeline, with a walk's row as it was read; without: of no walk.</summary>
    public TimelineBatch Timeline(ETag read = default) => new(Tables, Customer.Id, read)
    {
        Walk = read == default ? null : Progress("sending"),
    };

    public SendRequest Request(
        Purpose purpose = Purpose.Transactional, TimelineBatch? timeline = null, string reason = Cursor) => new()
        {
            Mail = "test",
            Purpose = purpose,
            For = reason,
            Situation = Situation,
            Timeline = timeline ?? Timeline(),
        };

    public Situation Situation => Mail.Situation with { Customer = Customer, Now = Clock.Now };

    /// <summary>A row like the enrollment's.</summary>
    public Row Progress(string state) => new(Customer.Id.Value, "e|journey|key") { { "State", state } };

    public async Task<ETag> ProgressTag() => (await Tables.Timeline.Find(Customer.Id.Value, "e|journey|key"))!.ETag;

    /// <summary>Sends and writes the mark, as the caller does.</summary>
    public async Task<SendOutcome> SendAndMark(Purpose purpose = Purpose.Transactional)
    {
        var timeline = Timeline();
        var outcome = await Sending.Send(Request(purpose, timeline), default);
        Assert.Equal(outcome is SendOutcome.Settled { IsNews: true }, timeline.HasMarks);
        await timeline.Flush();
        return outcome;
    }

    public async Task<LedgerRow?> Row(string reason = Cursor) =>
        await new Ledger(Tables).Find(Ledger.Id(Customer.Id, reason));

    public async Task<List<Row>> Attention(string partition = "uncertain")
    {
        var rows = new List<Row>();
        await foreach (var row in Tables.Attention.Query(new TableQuery { PartitionKey = partition })) rows.Add(row);
        return rows;
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
