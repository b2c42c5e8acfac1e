using Automation.Console.Journeys;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Console.Journeys;

/// <summary>Journeys with their figures, as pages show them.</summary>
public sealed class JourneyViews(PublishedJourneys journeys, Reader reader, ShopWatch shop)
{
    public async Task<JourneysModel> All(CancellationToken cancellation)
    {
        var (book, countedAt) = await reader.Read(cancellation);
        var rows = new List<JourneyRow>();
        foreach (var journey in journeys.All.OrderBy(one => one.Id, StringComparer.Ordinal))
            rows.Add(Row(journey, book, countedAt, isGone: false));
        // Files that are gone: people may still be in them.
        foreach (var id in book.Figures.Parts("journey|").Where(id => journeys.Latest(id) is null))
            if (await journeys.Last(id, cancellation) is { } gone
                && Row(gone, book, countedAt, isGone: true) is { Report.Live: > 0 } row)
                rows.Add(row);
        return new(rows, [.. shop.InFolder.Where(IsJourney)], countedAt, journeys.Shop);
    }

    public async Task<JourneyModel?> Find(string id, CancellationToken cancellation)
    {
        if (!JourneyReader.IsWellFormedId(id) || await journeys.Last(id, cancellation) is not { } journey) return null;
        var (book, countedAt) = await reader.Read(cancellation);
        return new()
        {
            Row = Row(journey, book, countedAt, journeys.Latest(id) is null),
            Shop = journeys.Shop,
            Problems = [.. shop.InFolder.Where(problem => problem.File == ShopDraft.Journey(id))],
        };
    }

    private JourneyRow Row(PublishedJourney journey, Book book, DateTimeOffset? countedAt, bool isGone) => new(
        journey,
        JourneyReport.Of(book, journey.Id, journey.Journey, countedAt),
        journeys.IsPaused(journey.Id),
        isGone);

    private static bool IsJourney(Problem problem) => problem.File.StartsWith("journeys/", StringComparison.Ordinal);
}
