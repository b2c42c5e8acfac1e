using System.Text.Json;
using Automation.Functions.Tests.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Line;

/// <summary>A shop on LINE whose journey writes to who follows it, and a double of LINE's.</summary>
internal sealed record LineHouse(WalkedShop Shop, LineSink Sink, LineTransport Line) : IAsyncDisposable
{
    internal const string Preferred = """{ "do": "send", "mail": "hello", "line": "hello" }""";
    internal const string Both = """{ "do": "send", "mail": "hello", "line": "hello", "by": "both" }""";
    internal const string OnlyLine = """{ "do": "send", "line": "hello" }""";

    internal const string Aoi = "U206d25c2ea6bd87c17655609a1c37cb8", Mika = "U306d25c2ea6bd87c17655609a1c37cb8";

    private static readonly (string, string)[] Texts =
    [
        ("mails/hello.md", "---\nsubject: こんにちは\n---\nこんにちは。\n"),
        ("lines/hello.md", "---\nalt: こんにちは\n---\n{{default customer.familyName \"お客様\"}}、こんにちは。\n"),
        ("shop.json", WalkedShop.Settings(
            """, "events": ["review.posted"], "plan": { "caps": [ { "messages": 1, "per": "1 week" } ] }""")),
    ];

    private static (string, string) Journey(string send, string purpose = "marketing") => ("journeys/hello.json", $$"""
        { "name": "こんにちは", "purpose": "{{purpose}}", "trigger": { "event": "review.posted" }, "reentry": "always",
          "steps": [ {{send}} ] }
        """);

    internal static async Task<LineHouse> Open(string send, string purpose = "marketing")
    {
        var sink = await LineSink.Start();
        var line = new LineTransport(
            new(LineSink.Token, sink.Url), TimeProvider.System, NullLogger.Instance);
        return new(await WalkedShop.Open(line, [.. Texts, Journey(send, purpose)]), sink, line);
    }

    public async Task<Customer> Follower(string email, string user)
    {
        var customer = await Shop.Customer(email, $"line:{user}");
        return (await Shop.Can.Get<Marketing.Consent.ConsentService>().Record(
            customer.Id, "line", new(ConsentState.Given, Shop.Clock.GetUtcNow(), "line follow")))!;
    }

    public async Task Walk(params Customer[] customers)
    {
        foreach (var customer in customers) await Shop.Happens("review.posted", customer);
        await Shop.Walk();
    }

    public async Task<Send> Only(Customer customer) => Assert.Single(await Shop.Sends(customer));

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Sink.Wrong);
        await Shop.DisposeAsync();
        Line.Dispose();
        await Sink.DisposeAsync();
    }
}
