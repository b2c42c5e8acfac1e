using Automation.Functions.Http;
using Automation.Marketing.Choices;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Consent;

/// <summary>The link in the mail that asks for a confirmed consent. GET and HEAD change nothing; the page's button
/// (POST) confirms.</summary>
public sealed class ConfirmLink(ConfirmationService confirmations, PublishedJourneys journeys)
{
    [Function(nameof(ConfirmLink))]
    public async Task<Html> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "c/{token}")] HttpRequest request,
        string token)
    {
        var view = HttpMethods.IsPost(request.Method)
            ? await confirmations.Confirm(token, request.HttpContext.CallerAddress())
            : await confirmations.Look(token);
        return new(Status(view), PreferencePage.Html(view, journeys.Shop));
    }

    /// <summary>A link of ours with which nothing can be confirmed any more is gone.</summary>
    private static int Status(ConfirmView? view) => view?.State switch
    {
        null => StatusCodes.Status404NotFound,
        ConsentState.Pending or ConsentState.Given => StatusCodes.Status200OK,
        _ => StatusCodes.Status410Gone,
    };
}
