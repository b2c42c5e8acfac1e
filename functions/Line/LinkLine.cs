using System.Text;
using System.Threading.RateLimiting;
using Automation.Functions.Http;
using Automation.Marketing.Choices;
using Automation.Marketing.Shop;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Line;

/// <summary>Joining a LINE account: the page a link in LINE leads to, and the page the mail's link leads to. GET and
/// HEAD change nothing; buttons do.</summary>
public sealed class LinkLine(LineLinking linking, LineParting parting, CurrentShop shop) : IDisposable
{
    /// <summary>Mails that one link asks for, and all together, in ten minutes.</summary>
    private const int PerLink = 3, Together = 100;

    private readonly PartitionedRateLimiter<string> limit = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(token => Window(token, PerLink)),
        PartitionedRateLimiter.Create<string, string>(_ => Window("", Together)));

    private static RateLimitPartition<string> Window(string of, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(
            of, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(10) });

    /// <summary>From LINE: which address is theirs; joined already: undo it.</summary>
    [Function(nameof(LinkLine))]
    public async Task<Html> Link(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "line/link/{token}")]
        HttpRequest request,
        string token)
    {
        if (!HttpMethods.IsPost(request.Method)) return Page(await linking.Look(token));
        var form = await Form(request);
        if (form.GetValueOrDefault("choice") == "unlink") return Page(await parting.Part(token));
        using var lease = limit.AttemptAcquire(token);
        return lease.IsAcquired
            ? Page(await linking.Ask(token, form.GetValueOrDefault("email"), CancellationToken.None))
            : Page(await linking.Look(token), StatusCodes.Status429TooManyRequests);
    }

    /// <summary>From the mail: whoever reads it confirms, and LINE asks once more.</summary>
    [Function("ProveLine")]
    public async Task<Html> Prove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "line/prove/{proof}")]
        HttpRequest request,
        string proof) =>
        Page(HttpMethods.IsPost(request.Method)
            ? await linking.Confirm(proof, CancellationToken.None)
            : await linking.Prove(proof));

    private Html Page(LinkStep step, int status = StatusCodes.Status200OK) => new(
        step is LinkStep.Unknown ? StatusCodes.Status404NotFound : status, LinkWords.Html(step, shop.Settings));

    private static async Task<Dictionary<string, string>> Form(HttpRequest request)
    {
        if (RequestBody.IsTooLarge(request)) return [];
        using var body = await RequestBody.Read(request);
        return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Bytes.Span))
            .ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    public void Dispose() => limit.Dispose();
}
