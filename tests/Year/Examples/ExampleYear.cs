using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Simulation;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Year.Tests.Examples;

/// <summary>The examples' shop on virtual time, with the product's own functions, queue, timers and orchestrations, as
/// <see cref="ShopYear"/> does it with the shop as shipped.</summary>
public sealed class ExampleYear : IAsyncLifetime
{
    private const int Customers = 42;
    private readonly string folder = Directory.CreateTempSubdirectory("examples-").FullName;
    private readonly VirtualTime time = new(Regular.Begin.ToUniversalTime());
    private IReadOnlyDictionary<string, FunctionCall> functions = null!;

    public IReadOnlyList<Regular> People { get; } = [.. Enumerable.Range(0, Customers).Select(n => new Regular(n))];
    public OneMachine Product { get; private set; } = null!;
    public Outbox Outbox { get; private set; } = null!;
    public Ledger Ledger { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ExampleShop.Write(Path.Combine(folder, "shop"));
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        Outbox = new Outbox(time);
        Product = await OneMachine.Open(
            SettingsReader.Read(SettingsReader.Gather(
            [
                $"--Data:Folder={folder}/data", $"--Shop:Folder={folder}/shop",
                "--Sources:till:Platform=generic", "--Sources:till:Secret=a-secret-of-the-examples",
            ])),
            time,
            services => services
                .AddSingleton(new SqliteOptions { Durable = false })
                .AddSingleton<TimeProvider>(time)
                .AddSingleton(new EmbeddedTaskHubOptions { LongestSleep = TimeSpan.FromDays(30) })
                .AddSingleton<IMailTransport>(Outbox));
        functions = await FunctionCall.All(Product.Services);
        Product.Get<EmbeddedTaskHub>().Start();
        await Live();
        Ledger = await Ledger.Read(Product);
    }

    private async Task Live()
    {
        var passing = new PassingTime(time, Product.Get<EmbeddedTaskHub>(),
        [
            new(after => after.AddHours(1), functions["AbandonCheckouts"].Run),
            new(after => after.AddDays(1), functions["SenseCustomers"].Run),
            new(after => after.AddDays(7), functions["SweepEnrollments"].Run),
        ]);
        foreach (var (at, happened) in People.SelectMany(Story).OrderBy(one => one.At))
        {
            await passing.RunUntil(at);
            await Post(happened);
            await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        }
        await passing.RunUntil(Regular.On(Regular.Days, 0));
    }

    /// <summary>A webhook: accepted into the queue, then worked off.</summary>
    private async Task Post(JsonObject happened)
    {
        await Product.Services.GetRequiredKeyedService<Envelopes>(Queues.Orders).Put(new Envelope
        {
            Source = "till",
            Topic = "cloudevents",
            ReceivedAt = time.GetUtcNow(),
            Body = JsonSerializer.SerializeToUtf8Bytes(happened),
        });
        foreach (var message in await Product.Get<Tables>().OrderQueue.Receive(32, TimeSpan.FromHours(1)))
        {
            await functions["OrderIntake"].Run(new BinaryData(message.Body), default);
            await Product.Get<Tables>().OrderQueue.Delete(message.Id, message.Receipt);
        }
    }

    private static IEnumerable<(DateTimeOffset At, JsonObject Event)> Story(Regular person)
    {
        foreach (var order in person.Orders)
        {
            var id = new JsonObject { ["id"] = $"{order.N}" };
            yield return Say(order.Placed, "order.placed", $"{order.N}", Order(person, order));
            if (order.Fulfilled is { } sent) yield return Say(sent, "order.fulfilled", $"{order.N}", id);
            if (order.Delivered is { } there)
                yield return Say(there, "order.delivered", $"{order.N}", id.DeepClone().AsObject());
            if (order.Refunded is { } back)
                yield return Say(back, "order.refunded", $"{order.N}", id.DeepClone().AsObject());
        }
        if (person.LeavesACheckout) yield return Say(person.Checkout, "checkout.started", $"c{person.N}", new()
        {
            ["id"] = $"c{person.N}",
            ["total"] = 5456,
            ["currency"] = "JPY",
            ["customer"] = Customer(person),
        });
        foreach (var (at, type, name, value) in Own(person))
            yield return Say(at, type, $"{person.N}-{value}", new() { [name] = value }, $"email:{person.Email}");
    }

    private static IEnumerable<(DateTimeOffset, string, string, string)> Own(Regular person)
    {
        if (person.Wishes)
        {
            yield return (Regular.On(100, 9), "stock.wanted", "product", "kyusu");
            yield return (Regular.On(101, 9), "stock.wanted", "product", "yunomi");
            yield return (Regular.Back, "stock.back", "product", "yunomi");
        }
        if (!person.Subscribes) yield break;
        yield return (Regular.On(150, 9), "subscription.due", "subscription", "煎茶");
        yield return (Regular.On(155, 9), "subscription.due", "subscription", "ほうじ茶");
        yield return (Regular.On(160, 9), "subscription.renewed", "subscription", "煎茶");
    }

    private static (DateTimeOffset, JsonObject) Say(
        DateTimeOffset at, string type, string of, JsonObject data, string? subject = null)
    {
        var said = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{type}-{of}",
            ["source"] = "till",
            ["type"] = type,
            ["time"] = at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            ["data"] = data,
        };
        if (subject is not null) said["subject"] = subject;
        return (at, said);
    }

    private static JsonObject Order(Regular person, Bought order) => new()
    {
        ["id"] = $"{order.N}",
        ["number"] = $"#{order.N}",
        ["currency"] = "JPY",
        ["total"] = order.Total,
        ["lines"] = new JsonArray(new JsonObject
        {
            ["productId"] = order.Fulfilled is null ? "gift" : "sencha",
            ["title"] = order.Fulfilled is null ? "茶筒" : "深蒸し煎茶",
            ["quantity"] = 1,
            ["price"] = order.Total,
        }),
        ["customer"] = Customer(person),
    };

    private static JsonObject Customer(Regular person)
    {
        var customer = new JsonObject
        {
            ["id"] = $"{person.N}",
            ["email"] = person.Email,
            ["familyName"] = "佐藤",
            ["givenName"] = $"花子{person.N}",
            ["attributes"] = new JsonObject
            {
                ["birthday"] = $"1990-{person.Birthday:MM-dd}",
            },
        };
        if (person.Agrees) customer["acceptsMarketing"] = true;
        return customer;
    }

    public async Task DisposeAsync()
    {
        await Product.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
