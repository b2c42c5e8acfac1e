using System.Text;
using System.Text.Json;
using Automation.Marketing.Answers;
using Automation.Marketing.Chat;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Chat;

/// <summary>The tea shop on LINE, with customers it knows by orders and people who follow it.</summary>
internal sealed class ChatHouse : IAsyncDisposable
{
    public const string User = "U206d25c2ea6bd87c17655609a1c37cb8", Other = "U306d25c2ea6bd87c17655609a1c37cb8";

    private int events;

    private ChatHouse(House house)
    {
        (House, Line) = (house, new TalkedLine(house.Clock));
        Can = Restart();
    }

    public House House { get; }
    public TalkedLine Line { get; }
    public ToldTransport Mails { get; } = new();
    public ServiceProvider Can { get; private set; }

    /// <summary>A Monday, 11:00 in Tokyo, or as many hours later.</summary>
    public static async Task<ChatHouse> Open(double hoursLater = 0)
    {
        var house = await House.Open();
        house.Shop = TeaShop.Shop;
        house.Clock.Now = new(2026, 6, 1, 2, 0, 0, TimeSpan.Zero);
        house.Clock.Now += TimeSpan.FromHours(hoursLater);
        var chat = new ChatHouse(house);
        await chat.Publish();
        return chat;
    }

    private ServiceProvider Restart() => House.Container(services => services
        .AddSingleton<IMailTransport>(Mails)
        .AddSingleton<ILineTransport>(Line)
        .AddSingleton(Senders.Nobody with { PublicUrl = "https://shop.example" }));

    private Task Publish() => Can.GetRequiredService<PublishedAnswers>().Publish(
        [.. TeaShop.Index.Answers.SelectMany(answer => answer.All)]);

    /// <summary>The process died, and the next one begins.</summary>
    public async Task Again()
    {
        await Can.DisposeAsync();
        Can = Restart();
        await Publish();
    }

    public Conversations Conversations => Can.GetRequiredService<Conversations>();

    /// <summary>An order, by a customer of an e-mail address; with the LINE id where the shop knows it.</summary>
    public Task Order(string number, string email, string title, string? line = null, int daysAgo = 2) =>
        House.Desk.Handle("till", new SourceEvent.OrderUpserted(
            new()
            {
                Source = "till",
                Id = number,
                Number = $"#{number}",
                PlacedAt = House.Clock.Now.AddDays(-daysAgo),
                UpdatedAt = House.Clock.Now.AddDays(-daysAgo),
                Currency = "JPY",
                Total = 1296,
                Lines = [new() { Title = title, Quantity = 1, Price = 1296, ProductId = $"p{number}" }],
            },
            new Buyer
            {
                Identities =
                [
                    new(Identity.Email, email),
                    .. line is null ? Array.Empty<Identity>() : [new(Identity.Line, line)],
                ],
                Email = email,
                SeenAt = House.Clock.Now.AddDays(-daysAgo),
            }));

    public string Event(string type, string more, string user = User, string mode = "active", string? id = null) =>
        $$"""
        {"type":"{{type}}","mode":"{{mode}}","timestamp":{{House.Clock.Now.ToUnixTimeMilliseconds()}},
         "source":{"type":"user","userId":"{{user}}"},"webhookEventId":"{{id ?? $"e{events++}"}}",
         "replyToken":"{{Line.Token()}}" {{more}} }
        """;

    public string Text(string text, string user = User, string? id = null) => Event("message",
        $$""","message":{"type":"text","id":"m{{events}}","text":{{JsonSerializer.Serialize(text)}}}""", user, id: id);

    public string Tapped(string data) => Event("postback", $$""","postback":{"data":"{{data}}"}""");

    /// <summary>LINE's webhook, from the queue.</summary>
    public Task Tell(params string[] told) => Can.GetRequiredService<LineIngestion>().Handle(new()
    {
        Source = "line:shop",
        Topic = "line",
        ReceivedAt = House.Clock.Now,
        Body = Encoding.UTF8.GetBytes($$"""{"destination":"U1","events":[{{string.Join(',', told)}}]}"""),
    });

    public Task Say(string text, string user = User) => Tell(Text(text, user));

    /// <summary>What reached somebody last.</summary>
    public string Latest => JsonDocument.Parse(Line.Delivered[^1].Json).RootElement.GetProperty("text").GetString()!;

    public async Task<IReadOnlyList<Exchange>> Talk(string user = User) =>
        await Conversations.All(Conversation.IdOf("line", user));

    public async Task<List<Storage.Row>> Waiting()
    {
        var rows = new List<Storage.Row>();
        await foreach (var row in House.Tables.Attention.Query(new() { PartitionKey = Conversations.Waiting }))
            rows.Add(row);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Can.DisposeAsync();
        await House.DisposeAsync();
    }
}
