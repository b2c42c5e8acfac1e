using Automation.Functions.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Events;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Sending;

/// <summary>The link in the mail that asks for a confirmed consent. GET and HEAD change nothing; the page's button (POST) confirms.</summary>
public sealed class ConfirmLink(ConfirmDesk confirmations, PublishedJourneys journeys, EventHandling handling)
{
    public async Task Run(HttpContext http)
    {
        var token = http.Route("token");
        var view = HttpMethods.IsPost(http.Request.Method) ? await confirmations.Confirm(token, http.Caller(), handling) : await confirmations.Look(token);
        await http.Show(Status(view), PreferencePage.Html(view, journeys.Shop));
    }

    /// <summary>A link of ours with which nothing can be confirmed any more is gone.</summary>
    private static int Status(ConfirmView? view) => view?.State switch
    {
        null => StatusCodes.Status404NotFound,
        ConsentState.Pending or ConsentState.Given => StatusCodes.Status200OK,
        _ => StatusCodes.Status410Gone,
    };
}
