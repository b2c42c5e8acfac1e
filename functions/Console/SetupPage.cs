using Automation.Console.Setup;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Orders;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Engagement;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Setup.SetupPage;
using TestOutcome = Automation.Console.Setup.TestWebhook;

namespace Automation.Functions.Console;

/// <summary>How the installation is set up, and what is still to do. Storage: one read, whether anybody is
/// known.</summary>
public sealed class SetupPage(
    Settings settings, CurrentShop shop, PublishedJourneys journeys, PublishedNewsletters newsletters, ShopWatch watch,
    IReadOnlyDictionary<string, SourceSettings> sources, Refusals refusals, Arrivals arrivals, Tables tables,
    LineQuotas quotas, SendGridSignature? signature = null)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    [Function("ConsoleSetup")]
    public async Task<RazorComponentResult<Page>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/setup")] HttpRequest request) =>
        request.Page<Page>(await Report(null, request.HttpContext.RequestAborted));

    /// <summary>Posts a signed webhook that means nothing to a source's public address, and says how it was
    /// answered.</summary>
    [Function("ConsoleTestWebhook"), Needs(Role.Operator)]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/setup/test-webhook")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var name = (await request.ReadFormAsync(cancellation))["source"].ToString();
        if (!sources.TryGetValue(name, out var source)) return Refusal.NotFound("There is no such source.");
        return request.Page<Page>(await Report(new(name, await Post(source, cancellation)), cancellation));
    }

    /// <summary>What is wrong; null: it was taken.</summary>
    private async Task<string?> Post(SourceSettings source, CancellationToken cancellation)
    {
        var address = Address(source.Name);
        try
        {
            using var posted = Marketing.Intake.TestWebhook.To(new Uri(address), source);
            using var answer = await Http.SendAsync(posted, cancellation);
            return (int)answer.StatusCode switch
            {
                200 or 202 => null,
                401 => $"{address} answered 401: another secret is configured where it leads to.",
                404 => $"{address} answered 404: it leads to another program, or another shop of this name.",
                var other => $"{address} answered {other}.",
            };
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return $"{address} cannot be reached from here: {unreachable.GetBaseException().Message} Is "
                + $"Site:PublicUrl right?";
        }
    }

    private async Task<SetupReport> Report(TestOutcome? test, CancellationToken cancellation)
    {
        var known = shop.Settings;
        var somebody = await tables.Customers.QueryPage(new TableQuery { PageSize = 1 }, null, cancellation);
        return new()
        {
            Sources = [.. settings.Sources.Select(Line)],
            Sender = new(
                settings.Mail.Transport, settings.Mail.From, settings.Mail.TransactionalFrom, settings.SendGrid.Sandbox,
                signature is not null, Path.Combine(settings.DataFolder, "outbox"), settings.PublicUrl),
            Line = settings.Line is { } line ? await Line(line, cancellation) : null,
            Legal = new(known.Name, known.PostalAddress, known.Contact.Email, known.Contact.Phone, known.OptOut),
            Journeys = [.. journeys.All.Select(one => one.Journey.Name).Order(StringComparer.Ordinal)],
            Newsletters = [.. newsletters.All().Select(one => one.Name)],
            Problems = watch.Problems,
            HasCustomers = somebody.Values.Count > 0,
            Keys = [new(KeyReader.Own, Role.Operator), .. settings.ApiKeys.Where(key => key.Name != KeyReader.Own)
                .Select(key => new KeyLine(key.Name, key.Role))],
            Test = test,
        };
    }

    private SourceLine Line(ConfiguredSource source) => new(
        source.Name, source.Platform, Address(source.Name), source == ConfiguredSource.Demo, arrivals.Last(source.Name),
        Refused(source.Name));

    private async Task<LineLine> Line(ConfiguredLine line, CancellationToken cancellation)
    {
        var source = new LineDoor(line.Name, line.Secret).Source;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(3));   // whoever looks at a page does not wait for LINE
        return new(
            $"{settings.PublicUrl}/webhooks/line/{line.Name}", arrivals.Last(source), Refused(source),
            await quotas.Ask(limit.Token));
    }

    private IReadOnlyList<string> Refused(string source) =>
        [.. refusals.Lately.Where(refused => refused.Source == source).Select(refused => refused.InWords)];

    private string Address(string source) => $"{settings.PublicUrl}/webhooks/orders/{source}";
}
