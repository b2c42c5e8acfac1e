using Automation.Functions.Http;
using Automation.Marketing.Choices;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Consent;

/// <summary>The link in the mail that asks whether an address shall be a customer's. GET and HEAD change nothing; the
/// page's button (POST) changes it.</summary>
public sealed class AddressLink(AddressService addresses, PublishedJourneys journeys)
{
    [Function(nameof(AddressLink))]
    public async Task<Html> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "a/{token}")] HttpRequest request,
        string token)
    {
        var view = HttpMethods.IsPost(request.Method)
            ? await addresses.Confirm(token, CancellationToken.None)
            : await addresses.Look(token);
        return new(
            view is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
            AddressPage.Html(view, journeys.Shop));
    }
}
