using System.Text;
using Automation.Console;
using Automation.Console.Journeys;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Files;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Functions.Console.Journeys;

/// <summary>A journey's text while it is written: what is wrong with it, what it would do, what publishing it
/// changes.</summary>
public sealed class JourneyDrafts(ShopDraft draft, PublishedJourneys journeys, Reader reader)
{
    /// <summary>As a browser hands a text in: lines end as in the shop's files.</summary>
    public static string Normal(string text) => text.ReplaceLineEndings("\n").Trim('\n') + "\n";

    /// <summary>The file as it is; null: there is none.</summary>
    public Task<string?> Written(string id) => draft.Written(ShopDraft.Journey(id));

    /// <summary>Why its file cannot be written; null: it can.</summary>
    public string? Obstacle(string id) => draft.Obstacle(ShopDraft.Journey(id));

    /// <summary>The text, with what is wrong with it.</summary>
    public async Task<EditModel> Look(string id, string text, bool check)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new()
        {
            Id = id,
            Text = text,
            Exists = await Written(id) is not null,
            IsChecked = check,
            Problems = check ? await draft.Check(ShopDraft.Journey(id), bytes) : [],
            Warnings = check ? await draft.Warnings(ShopDraft.Journey(id), bytes) : [],
            Journey = Read(id, bytes),
            Shop = journeys.Shop,
        };
    }

    /// <summary>The shop's scenarios of the journey, played with this text; the text has no mistakes.</summary>
    public Task<IReadOnlyList<ScenarioRun>> Play(string id, string text, CancellationToken cancellation) => draft.With(
        ShopDraft.Journey(id), Encoding.UTF8.GetBytes(text), copy => PlayIn(copy, id, cancellation));

    private static async Task<IReadOnlyList<ScenarioRun>> PlayIn(
        string folder, string id, CancellationToken cancellation)
    {
        var runs = new List<ScenarioRun>();
        await foreach (var played in ScenarioPlay.All(folder, id, cancellation))
            runs.Add(new(played.Scenario.Id, played.Scenario.About, played.Diary, played.Differences));
        return runs;
    }

    /// <summary>What publishing the text changes, and for whom; the text has no mistakes.</summary>
    public async Task<PublishModel> Changes(string id, string text, Language say, CancellationToken cancellation)
    {
        var (before, now) = (await Written(id) ?? "", Read(id, Encoding.UTF8.GetBytes(text))!);
        var (book, countedAt) = await reader.Read(cancellation);
        var waiting = JourneyReport.Of(book, id, now, countedAt).Waiting;
        var offers = new List<MoveOffer>();
        foreach (var at in waiting.GroupBy(at => at.Version).OrderByDescending(at => at.Key))
            if (await journeys.Find(id, at.Key) is { } from)
                offers.Add(MoveOffer.Of(from, now, at.ToDictionary(one => one.Step, one => one.Customers)));
        return new()
        {
            Id = id,
            Text = text,
            Journey = now,
            Seen = Seal(before),
            Lines = LineDiff.Of(before, text),
            Sentences = LineDiff.Of(
                Words(Read(id, Encoding.UTF8.GetBytes(before)), say, journeys.Shop), Words(now, say, journeys.Shop)),
            Runs = await Play(id, text, cancellation),
            Offers = offers,
            CountedAt = countedAt,
        };
    }

    /// <summary>The same text has the same.</summary>
    public static string Seal(string text) => text.Length == 0 ? "" : Keys.Hash(text, 8);

    /// <summary>Sentence by sentence; empty: there is no journey.</summary>
    public static string Words(Journey? journey, Language say, ShopSettings shop) =>
        journey is null ? "" : string.Join('\n', JourneySentences.Of(journey, say, shop));

    private static Journey? Read(string id, byte[] text) =>
        text.Length == 0 ? null : JourneyReader.Read($"{id}.json", text, Names.Unchecked).Journey;
}
