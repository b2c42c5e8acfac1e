using System.Text;
using System.Threading.RateLimiting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Choices;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Line;

/// <summary>Joining a LINE account: the page a link in LINE leads to, and the page the mail's link leads to. GET and
/// HEAD change nothing; buttons do.</summary>
/// <param name="wall">The time outside.</param>
public sealed class LinkLine(
    LineLinking linking, LinkRequests requests, LineParting parting, AccountFinder accounts, CurrentShop shop,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall) : IDisposable
{
    /// <summary>Mails that one link asks for, and all together, in ten minutes; that an e-mail address or a telephone
    /// is asked for, whether anybody has it or not, in an hour.</summary>
    private const int PerLink = 3, Together = 100, PerAddress = 5;

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10), Long = TimeSpan.FromHours(1);

    /// <summary>The answer takes at least so long: a mail that goes cannot be told by the time from one that does
    /// not.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> limit = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<string, string>(token => Window(token, PerLink, Short)),
        PartitionedRateLimiter.Create<string, string>(_ => Window("", Together, Short)));

    // What cannot be an address or a telephone asks for no mail, and counts for its link alone.
    private readonly PartitionedRateLimiter<string> addresses = PartitionedRateLimiter.Create<string, string>(
        address => address.Length > 0 ? Window(address, PerAddress, Long) : RateLimitPartition.GetNoLimiter(address));

    private static RateLimitPartition<string> Window(string of, int permits, TimeSpan window) =>
        RateLimitPartition.GetFixedWindowLimiter(
            of, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window });

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
        LinkClaim claim = form.GetValueOrDefault("choice") == "order"
            ? new LinkClaim.ByOrder(form.GetValueOrDefault("order"), form.GetValueOrDefault("phone"))
            : new LinkClaim.ByAddress(form.GetValueOrDefault("email"));
        using var lease = limit.AttemptAcquire(token);
        using var address = addresses.AttemptAcquire(Asked(claim));
        if (!lease.IsAcquired || !address.IsAcquired)
            return Page(await linking.Look(token), StatusCodes.Status429TooManyRequests);
        var step = requests.Ask(token, claim, CancellationToken.None);
        await Task.WhenAll(step, Task.Delay(Least, wall, CancellationToken.None));
        return Page(await step);
    }

    /// <summary>What is asked for, as it is kept; empty: it can be nobody's.</summary>
    private string Asked(LinkClaim claim) => claim switch
    {
        LinkClaim.ByAddress(var given) => EmailAddress.Normalize(given) ?? "",
        LinkClaim.ByOrder(_, var phone) => accounts.Normalized(phone) ?? "",
        _ => "",
    };

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

    public void Dispose()
    {
        limit.Dispose();
        addresses.Dispose();
    }
}
