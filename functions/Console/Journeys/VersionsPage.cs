using System.Globalization;
using System.Text;
using Automation.Console;
using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>The versions of a journey: <c>?v=3</c> opens one, <c>&amp;against=1</c> compares it with another.</summary>
public sealed class VersionsPage(PublishedJourneys journeys)
{
    /// <summary>Costs one query of the journey's versions.</summary>
    [Function("ConsoleVersions")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys/{id}/versions")]
        HttpRequest request, string id)
    {
        if (!JourneyReader.IsWellFormedId(id)) return Missing.Journey;
        var versions = await journeys.Versions(id, request.HttpContext.RequestAborted);
        if (versions.Count == 0) return Missing.Journey;
        var opened = Named(versions, request.Query("v")) ?? versions[0];
        var against = Named(versions, request.Query("against"))
            ?? versions.FirstOrDefault(one => one.Version < opened.Version);
        var (say, journey) = (request.HttpContext.Visit().Say, Read(opened));
        return request.Page<Automation.Console.Journeys.VersionsPage>(new VersionsModel
        {
            Id = id,
            Versions = versions,
            Opened = opened,
            Journey = journey,
            Against = against,
            Lines = against is null ? [] : LineDiff.Of(against.Text, opened.Text),
            Sentences = against is null ? [] : SentenceDiff(Read(against), journey, say),
            Shop = journeys.Shop,
        });
    }

    private static JourneyVersion? Named(IReadOnlyList<JourneyVersion> versions, string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? versions.FirstOrDefault(one => one.Version == version)
            : null;

    private static Journey? Read(JourneyVersion version) =>
        JourneyReader.Read("version", Encoding.UTF8.GetBytes(version.Text), Names.Unchecked).Journey;

    private IReadOnlyList<string> SentenceDiff(Journey? before, Journey? after, Language say) =>
        LineDiff.Of(
            JourneyDrafts.Words(before, say, journeys.Shop), JourneyDrafts.Words(after, say, journeys.Shop));
}
