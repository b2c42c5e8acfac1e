using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>How far a move is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveState>))]
public enum MoveState
{
    [JsonStringEnumMemberName("running")] Running,
    [JsonStringEnumMemberName("stopped")] Stopped,
    [JsonStringEnumMemberName("done")] Done,
}

/// <summary>Moves whoever walks one version of a journey into another: what was asked, and how far it is. A row of
/// <c>Published</c>, <c>moves</c> <c>{journey}|{key}</c>.</summary>
public sealed record MoveOrder
{
    /// <summary>In place of a step: they stay in their version.</summary>
    public const string Stay = "stay";

    /// <summary>In place of a step: they leave.</summary>
    public const string Leave = "leave";

    /// <summary>Names it among the moves of the journey; later ones sort first.</summary>
    [JsonIgnore] public string Key { get; init; } = "";
    [JsonIgnore] public string Journey { get; init; } = "";
    [JsonIgnore] public ETag ETag { get; init; }

    /// <summary>The version they are in.</summary>
    public required int From { get; init; }

    /// <summary>The version they come into.</summary>
    public required int To { get; init; }

    /// <summary>Where those go who are at a step: a step of the new version, <c>stay</c> or <c>leave</c>. Who is at
    /// another stays.</summary>
    public required IReadOnlyDictionary<string, string> Steps { get; init; }

    /// <summary>The name of the key that asked.</summary>
    public string? AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public MoveState State { get; init; }

    /// <summary>Where the next page of people begins; null: at the beginning, or it is done.</summary>
    public string? Next { get; init; }

    /// <summary>When the latest page was done.</summary>
    public DateTimeOffset? At { get; init; }
    public int Moved { get; init; }

    /// <summary>Who left.</summary>
    public int Left { get; init; }

    /// <summary>Who was in the old version and stays there.</summary>
    public int Stayed { get; init; }

    /// <summary>Where they go who are at this step.</summary>
    public string Target(string cursor) => Steps.GetValueOrDefault(cursor, Stay);

    /// <summary>What cannot be done as asked, a sentence each; none: it can. Pure.</summary>
    public static IReadOnlyList<string> Problems(
        PublishedJourney from, PublishedJourney to, IReadOnlyDictionary<string, string> steps)
    {
        List<string> problems = [];
        if (from.Version == to.Version) problems.Add($"They are in version {to.Version} already.");
        foreach (var (cursor, target) in steps)
        {
            if (!Cursors.Resolves(from.Journey, cursor))
                problems.Add($"There is no step {cursor} in version {from.Version}.");
            if (target is not (Stay or Leave) && Cursors.Find(to.Journey, target) is null)
                problems.Add(
                    $"There is no step {target} in version {to.Version}: name one, or \"{Stay}\" or \"{Leave}\".");
        }
        return problems;
    }

    internal Row Row() => Documents.Entity(Moves.Partition, $"{Journey}|{Key}", this, Json);

    internal static MoveOrder Read(Row row)
    {
        var parts = row.RowKey.Split('|');
        return Documents.Read(row, Json).Value with { Journey = parts[0], Key = parts[1], ETag = row.ETag };
    }

    private static JsonTypeInfo<MoveOrder> Json { get; } = RowJson.Named.Of<MoveOrder>();
}
