using System.Text;
using Automation.Functions.Http;
using Automation.Marketing.Choices;
using Automation.Marketing.Journeys;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using Stop = Automation.Marketing.Choices.Choice.Stop;

namespace Automation.Functions.Consent;

/// <summary>The link below each marketing mail. GET and HEAD change nothing (link scanners follow links); POST does
/// what a button of the page says, or unsubscribes: a mail client's one click (RFC 8058: either form encoding, no
/// redirect, no cookie), and whatever else is not a button of ours.</summary>
public sealed class UnsubscribeLink(
    PreferenceService preferences, AddressService addresses, AddressLimit limit, PublishedJourneys journeys)
{
    [Function(nameof(UnsubscribeLink))]
    public async Task<Html> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "u/{token}")] HttpRequest request,
        string token)
    {
        var choice = HttpMethods.IsPost(request.Method) ? await Choice(request) : null;
        var view = choice is null ? await preferences.Look(token)
            : await preferences.Choose(token, choice, request.HttpContext.CallerAddress());
        if (view is not null && choice is Choice.Address(var typed))
            view = view with { Address = await Ask(token, view, typed) };
        return new(
            view is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
            PreferencePage.Html(view, journeys.Shop));
    }

    /// <summary>Asks at the address itself.</summary>
    private async Task<AddressAnswer> Ask(string token, PreferenceView view, string? typed) => limit.Allows(token)
        ? await addresses.Ask(view.Customer, typed, CancellationToken.None)
        : AddressAnswer.TooOften;

    private static async Task<Choice> Choice(HttpRequest request)
    {
        if (RequestBody.IsTooLarge(request)) return new Choice.Stop(Stop.ByLink);
        using var body = await RequestBody.Read(request);
        if (body.Bytes.Span.IndexOf("One-Click"u8) >= 0) return new Choice.Stop(Stop.ByOneClick);
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Bytes.Span));
        return form.GetValueOrDefault("choice").ToString() switch
        {
            "again" =>
                new Choice.Again(form.GetValueOrDefault("undo").ToString() is { Length: > 0 } undo ? undo : null),
            "monthly" => new Choice.Monthly(true),
            "all" => new Choice.Monthly(false),
            "pause" => new Choice.Pause(true),
            "resume" => new Choice.Pause(false),
            "stopOn" => new Choice.StopOn(form.GetValueOrDefault("channel").ToString()),
            "address" => new Choice.Address(form.GetValueOrDefault("email").ToString()),
            "topics" => new Choice.Topics([.. form.GetValueOrDefault("topic").OfType<string>()]),
            _ => new Choice.Stop(Stop.ByLink),
        };
    }
}
