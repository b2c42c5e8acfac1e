using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Chat;

/// <summary>What LINE does with a request.</summary>
internal enum Manner { Accept, AcceptAndCut, CutUnread, TooMany, UsedUp, Refuse }

/// <summary>LINE as its reference says it is: a reply token works once and for a minute, a retry key once and for a
/// day.</summary>
internal sealed class TalkedLine(StandingClock clock) : ILineTransport
{
    private readonly Dictionary<string, DateTimeOffset> tokens = [];
    private readonly HashSet<Guid> keys = [];
    private int count;

    public Func<Manner> Next { get; set; } = () => Manner.Accept;

    /// <summary>What reached somebody, and how: <c>reply</c>, <c>push</c>.</summary>
    public List<(string How, string Json)> Delivered { get; } = [];

    public int Asked { get; private set; }
    public string Name => "line";
    public TimeSpan Longest => TimeSpan.Zero;

    /// <summary>A new one, as LINE gives it with an event.</summary>
    public string Token()
    {
        var token = $"token-{count++}";
        tokens[token] = clock.Now;
        return token;
    }

    /// <summary>What happens elsewhere while a reply is on its way.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public async Task<DeliveryResult> Reply(string token, string json, CancellationToken cancellation)
    {
        var happens = Meanwhile;
        Meanwhile = () => Task.CompletedTask;
        await happens();
        return Take("reply", json, () =>
            tokens.Remove(token, out var at) && clock.Now - at < TimeSpan.FromMinutes(1) ? null
            : new DeliveryResult.Refused("LINE 400: Invalid reply token"));
    }

    public Task<DeliveryResult> Push(LineMessage message, CancellationToken cancellation) =>
        Task.FromResult(Take("push", message.Json, () =>
            keys.Add(message.Key) ? null : new DeliveryResult.Accepted("the first request")));

    /// <summary>To whom a multicast went, and what.</summary>
    public List<(string To, string Json)> Cast { get; } = [];

    public Task<DeliveryResult> Multicast(LineMulticast message, CancellationToken cancellation) =>
        Task.FromResult(Take("multicast", message.Json, () =>
        {
            if (!keys.Add(message.Key)) return new DeliveryResult.Accepted("the first request");
            Cast.AddRange(message.To.Select(to => (to, message.Json)));
            return null;
        }));

    /// <param name="again">What is answered where it is not taken; null: it is.</param>
    private DeliveryResult Take(string how, string json, Func<DeliveryResult?> again)
    {
        // Of an issue pushes come many at a time.
        lock (keys) return TakeOne(how, json, again);
    }

    private DeliveryResult TakeOne(string how, string json, Func<DeliveryResult?> again)
    {
        Asked++;
        switch (Next())
        {
            case Manner.CutUnread: return new DeliveryResult.Unclear("LINE: cut");
            case Manner.TooMany: return new DeliveryResult.Busy(TimeSpan.FromSeconds(5), "LINE 429: too many requests");
            case Manner.UsedUp:
                return new DeliveryResult.Busy(
                    TimeSpan.FromHours(1), "LINE 429: the month's messages are used up", Stopped: true)
                {
                    IsUsedUp = true,
                };
            case Manner.Refuse: return new DeliveryResult.Refused("LINE 400: The request body has 1 error(s)");
            case Manner.AcceptAndCut:
                if (again() is null) Delivered.Add((how, json));
                return new DeliveryResult.Unclear("LINE: cut");
            default:
                if (again() is { } other) return other;
                Delivered.Add((how, json));
                return new DeliveryResult.Accepted("a request");
        }
    }

    public Task<LineQuota?> Quota(CancellationToken cancellation) => Task.FromResult<LineQuota?>(null);

    public Task<string?> LinkToken(string user, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
