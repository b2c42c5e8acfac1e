using Automation.Console.Setup;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Engagement;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Setup.SetupPage;

namespace Automation.Functions.Console.Setup;

/// <summary>How the installation is set up, and what is still to do. Storage: one read, whether anybody is
/// known.</summary>
public sealed class SetupPage(
    Settings settings, SourceLines sources, ShopLines shop, TestPost tests, SendGridSignature? signature = null)
{
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
        if (tests.Find(name) is not { } source) return Refusal.NotFound("There is no such source.");
        return request.Page<Page>(await Report(new(name, await tests.Post(source, cancellation)), cancellation));
    }

    private async Task<SetupReport> Report(TestWebhook? test, CancellationToken cancellation) => new()
    {
        Sources = sources.All(),
        Sender = new()
        {
            Transport = settings.Mail.Transport,
            From = settings.Mail.From,
            TransactionalFrom = settings.Mail.TransactionalFrom,
            IsSandbox = settings.SendGrid.Sandbox,
            HearsEvents = signature is not null,
            Into = Path.Combine(settings.DataFolder, "outbox"),
            PublicUrl = settings.PublicUrl,
        },
        Line = await sources.Line(cancellation),
        Shop = shop.Settings,
        Journeys = shop.Journeys(),
        Newsletters = shop.Newsletters(),
        Problems = shop.Problems,
        HasCustomers = await shop.HasCustomers(cancellation),
        Keys = [new(KeyReader.Own, Role.Operator), .. settings.ApiKeys.Where(key => key.Name != KeyReader.Own)
            .Select(key => new Caller(key.Name, key.Role))],
        Test = test,
    };
}
