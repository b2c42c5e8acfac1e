using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;

namespace Automation.Functions.Connecting;

/// <summary>The platform refuses: what it says, and what to do.</summary>
public sealed class RefusedException(string says, string remedy) : Exception(says)
{
    public string Remedy => remedy;
}

/// <summary>Nobody knows whether it was done: no answer, or a failure of the platform's own. Look again.</summary>
public sealed class UnclearException(string says) : Exception(says);

/// <summary>A shop platform's own API for webhooks.</summary>
public abstract class PlatformAdmin(Asking asking, TimeProvider wall)
{
    /// <summary>Waits for one request while the platform says 429, and the longest of them.</summary>
    private const int Waits = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10), UsualWait = TimeSpan.FromSeconds(2);

    /// <summary>By how much this machine's clock is ahead of the platform's, as last heard.</summary>
    public TimeSpan? Ahead { get; private set; }

    public static PlatformAdmin Of(ConfiguredSource source, Asking asking, TimeProvider wall) =>
        source.Platform == "shopify"
            ? new ShopifyAdmin(source.Admin!, asking, wall)
            : new WooCommerceAdmin(source.Admin!, source.Secret!, asking, wall);

    /// <summary>All webhooks that these credentials may see. RefusedException, UnclearException.</summary>
    public abstract Task<IReadOnlyList<RegisteredWebhook>> List(CancellationToken cancellation);

    /// <summary>The scopes that are missing for a topic's webhook; none where the platform has no scopes.</summary>
    public abstract Task<IReadOnlyList<string>> MissingScopes(
        IReadOnlyList<WantedWebhook> wanted, CancellationToken cancellation);

    public abstract Task Add(WantedWebhook wanted, string address, CancellationToken cancellation);

    /// <summary>Lets it post there, switched on, with what it carried and what is wanted.</summary>
    public abstract Task Mend(ConnectAct.Mend mend, string address, CancellationToken cancellation);

    /// <summary>Asks, and asks again as long as it is told to wait.</summary>
    protected async Task<OutsideAnswer> Ask(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        for (var n = 0; ; n++)
        {
            OutsideAnswer answer;
            try
            {
                answer = await asking.Ask(request(), cancellation);
            }
            catch (HttpRequestException silent)
            {
                throw new UnclearException(silent.Message);
            }
            Ahead = answer.Ahead ?? Ahead;
            if (answer.Code >= 500) throw new UnclearException($"it answers {answer.Code}");
            if (answer.Code != 429 && !IsThrottled(answer)) return answer;
            if (n == Waits) throw new UnclearException("too many requests, for longer than can be waited for");
            var wait = answer.RetryAfter ?? UsualWait;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, wall, cancellation);
        }
    }

    /// <summary>A body as JSON; null: it is none.</summary>
    protected static JsonNode? Parsed(string body)
    {
        try { return JsonNode.Parse(body); }
        catch (JsonException) { return null; }
    }

    /// <summary>Is it a 429 that came as something else?</summary>
    protected virtual bool IsThrottled(OutsideAnswer answer) => false;
}
