using System.Text;
using System.Text.Json.Nodes;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Simulation;

/// <summary>The shop's journeys as shipped with the real engine on virtual time: webhooks go in at chosen moments;
/// <see cref="Diary"/> is what came of it.</summary>
internal sealed class PlayedShop : IAsyncDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("played-").FullName;
    private readonly EmbeddedTaskHub hub;
    private readonly SourceSettings source = new("shop", Platform.Generic, "hush");
    private readonly Outbox outbox;
    private readonly List<(DateTimeOffset At, string Enrollment, string Text)> lines = [];

    private PlayedShop()
    {
        outbox = new Outbox(Time);
        Can = new ServiceCollection()
            .AddSingleton(new Diary.Reader((enrollment, at, text) =>
            {
                lock (lines) lines.Add((at, enrollment.ToString(), text));
            }))
            .AddPlayed(Path.Combine(folder, "played.db"), Time)
            .AddSingleton<IMailTransport>(outbox)
            .BuildServiceProvider();
        hub = Can.Get<EmbeddedTaskHub>();
    }

    /// <summary>With its journeys and without newsletters, which have a claim on the same days.</summary>
    public static async Task<PlayedShop> Open()
    {
        var played = new PlayedShop();
        await played.Can.Get<Tables>().Create();
        await played.Can.Get<ShopPublisher>().Publish(WholeThing.TestShop.WithoutNewsletters(), default);
        played.hub.Start();
        return played;
    }

    public VirtualTime Time { get; } = new(Begin);
    public ServiceProvider Can { get; }

    /// <summary>Takes in a signed-for CloudEvent of an order, as the queue's function does; the walks go on by
    /// themselves.</summary>
    public Task Deliver(string type, JsonObject order, DateTimeOffset at)
    {
        var body = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{order["id"]}-{type}-{at:O}",
            ["source"] = "shop",
            ["type"] = type,
            ["time"] = at.ToString("O"),
            ["data"] = order.DeepClone()
        };
        var envelope = new Envelope
        {
            Source = source.Name,
            Topic = GenericDialect.Topic,
            ReceivedAt = Time.GetUtcNow(),
            Body = Encoding.UTF8.GetBytes(body.ToJsonString())
        };
        return Can.Get<OrderIngestion>().Handle(source, envelope);
    }

    /// <summary>Lets time pass; stops at everything that falls due on the way.</summary>
    public async Task RunUntil(DateTimeOffset moment)
    {
        await hub.WaitForIdleAsync();
        while (hub.NextTimerDue is { } due && due <= moment)
        {
            Time.JumpTo(due > Time.GetUtcNow() ? due : Time.GetUtcNow().AddMilliseconds(1));
            await hub.WaitForIdleAsync();
        }
        Time.JumpTo(moment);
    }

    /// <summary>What the walks of the customer's orders wrote, oldest first.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, string Text)>> Diary(string email)
    {
        var id = (await Can.Get<CustomerStore>().FindByIdentity(new("email", email)))!.Value.Id;
        lock (lines) return [.. lines.Where(line =>
            line.Enrollment.StartsWith($"{id}.", StringComparison.Ordinal)).Select(line => (line.At, line.Text))];
    }

    /// <summary>The mails that were handed over to somebody, one by one.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Mail)> Mails(string email)
    {
        lock (outbox.Taken) return [.. outbox.Taken.Where(one => one.To == email).Select(one => (one.At, one.Mail))];
    }

    private sealed class Outbox(TimeProvider time) : IMailTransport
    {
        public List<(DateTimeOffset At, string To, string Mail)> Taken { get; } = [];
        public string Name => "played";
        public bool Idempotent => false;

        public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
        {
            lock (Taken) Taken.Add((time.GetUtcNow(), message.To, message.Mail));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(message.Id));
        }

        public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
            throw new NotSupportedException("There are no newsletters here.");
    }

    public async ValueTask DisposeAsync()
    {
        await hub.StopAsync();
        await Can.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
