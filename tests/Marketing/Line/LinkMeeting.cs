using System.Text;
using System.Text.RegularExpressions;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Tests.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Line;

/// <summary>A shop on LINE, a customer it knows by an order, and somebody who follows it.</summary>
internal sealed partial class LinkMeeting : IAsyncDisposable
{
    public const string Aoi = "aoi@example.jp", User = "U206d25c2ea6bd87c17655609a1c37cb8";

    private readonly LinkTokens links = LinkTokens.Of(new byte[32]);
    private int events;

    public required House House { get; init; }
    public required ServiceProvider Can { get; init; }
    public required ToldTransport Mails { get; init; }
    public required TokenLine Line { get; init; }
    public LineLinking Linking => Can.GetRequiredService<LineLinking>();
    public LineParting Parting => Can.GetRequiredService<LineParting>();

    /// <summary>On the page that a link from LINE leads to.</summary>
    public Task<LinkStep> Ask(string invitation, string? address, CancellationToken cancellation) =>
        Can.GetRequiredService<LinkRequests>().Ask(invitation, new LinkClaim.ByAddress(address), cancellation);

    /// <inheritdoc cref="Ask"/>
    public Task<LinkStep> AskByOrder(string invitation, string? number, string? phone) =>
        Can.GetRequiredService<LinkRequests>().Ask(invitation, new LinkClaim.ByOrder(number, phone), default);

    public static async Task<LinkMeeting> Open()
    {
        var (house, mails, line) = (await House.Open(), new ToldTransport(), new TokenLine());
        var can = house.Container(services => services
            .AddSingleton<IMailTransport>(mails)
            .AddSingleton<ILineTransport>(line)
            .AddSingleton(Senders.Nobody with { PublicUrl = "https://shop.example" }));
        var meeting = new LinkMeeting { House = house, Can = can, Mails = mails, Line = line };
        await meeting.Known("7", Aoi);
        await meeting.Follow(User);
        return meeting;
    }

    public Task Known(string id, string email) => House.Desk.Handle("till", new SourceEvent.CustomerUpserted(
        new Buyer
        {
            Identities = [new("till", id), new(Identity.Email, email)],
            Email = email,
            SeenAt = House.Clock.Now.AddDays(-9),
        }, Created: true));

    public Task Follow(string user) => Tell("follow", user, "");

    /// <summary>LINE's webhook.</summary>
    public Task Tell(string type, string user, string more) => Can.GetRequiredService<LineIngestion>().Handle(new()
    {
        Source = "line:shop",
        Topic = "line",
        ReceivedAt = House.Clock.Now,
        Body = Encoding.UTF8.GetBytes($$"""
            {"destination":"U1","events":[{"type":"{{type}}","mode":"active",
              "timestamp":{{House.Clock.Now.ToUnixTimeMilliseconds()}},
              "source":{"type":"user","userId":"{{user}}"},"webhookEventId":"e{{events++}}" {{more}} }]}
            """),
    });

    public Task Linked(string nonce, string user = User, string result = "ok") => Tell(
        "accountLink", user, $$""","link":{"result":"{{result}}","nonce":"{{nonce}}"}""");

    /// <summary>The last part of the link in a LINE message.</summary>
    public async Task<string> Invitation(string user = User) => links.Invitations.Make(
        new((await House.Customer($"line:{user}")).Id, "line", $"{new string('0', 24)}-0123456789abcdef"));

    /// <summary>The last part of the link in the latest mail.</summary>
    public string Proof => Link().Match(Mails.Sent.Last().Text).Groups[1].Value;

    public async Task<bool> IsOne() =>
        (await House.Customer($"line:{User}")).Id == (await House.Customer($"email:{Aoi}")).Id;

    public async ValueTask DisposeAsync()
    {
        await Can.DisposeAsync();
        await House.DisposeAsync();
    }

    [GeneratedRegex(@"https://shop\.example/line/prove/(\S+)")]
    private static partial Regex Link();
}

/// <summary>LINE, that answers with one link token, or with none.</summary>
internal sealed class TokenLine : ILineTransport
{
    public Task<DeliveryResult> Reply(string token, string json, CancellationToken cancellation) =>
        throw new InvalidOperationException("Nothing is said here.");

    public List<string> Asked { get; } = [];
    public string? Token { get; set; } = "t/1+2=";
    public string Name => "line";
    public TimeSpan Longest => TimeSpan.Zero;

    public Task<DeliveryResult> Push(LineMessage message, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<DeliveryResult> Multicast(LineMulticast message, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<LineQuota?> Quota(CancellationToken cancellation) => Task.FromResult<LineQuota?>(null);

    public Task<string?> LinkToken(string user, CancellationToken cancellation)
    {
        Asked.Add(user);
        return Task.FromResult(Token);
    }
}
