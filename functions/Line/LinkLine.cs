using System.Text;
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
    LineLinking linking, LinkRequests requests, LinkLimit limit, LineParting parting, CurrentShop shop,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    /// <summary>The answer takes at least so long: a mail that goes cannot be told by the time from one that does
    /// not.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

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
        if (!limit.Allows(token, claim))
            return Page(await linking.Look(token), StatusCodes.Status429TooManyRequests);
        var step = requests.Ask(token, claim, CancellationToken.None);
        await Task.WhenAll(step, Task.Delay(Least, wall, CancellationToken.None));
        return Page(await step);
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

    private Html Page(LinkStep step, int? status = null) => new(
        status ?? (step is LinkStep.Unknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK),
        LinkWords.Html(step, shop.Settings));

    private static async Task<Dictionary<string, string>> Form(HttpRequest request)
    {
        if (RequestBody.IsTooLarge(request)) return [];
        using var body = await RequestBody.Read(request);
        return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Bytes.Span))
            .ToDictionary(field => field.Key, field => field.Value.ToString());
    }
}
