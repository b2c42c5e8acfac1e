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
        await http.Show(view is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, PreferencePage.Html(view, journeys.Shop));
    }
}
