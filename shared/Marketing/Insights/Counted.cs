using System.Text.Json.Serialization.Metadata;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>What one timeline has contributed to its shard's sums, unit by unit: taken back and put anew when it
/// changes.</summary>
/// <param name="Firsts">The customer's first walk of each journey: stays settled when that walk is no longer
/// kept.</param>
public sealed record Counted(IReadOnlyDictionary<string, Figures> Units, IReadOnlyDictionary<string, string> Firsts)
{
    public static readonly Counted Nothing = new(new Dictionary<string, Figures>(), new Dictionary<string, string>());

    /// <summary>Not worth a row.</summary>
    public bool IsNothing => Firsts.Count == 0 && Units.Values.All(figures => figures.IsEmpty);

    /// <summary>What the sums have to change by. A unit that is gone (kept long enough, or erased) leaves its figures
    /// where they are: what happened has happened. Only that somebody is somewhere just now ends with it.</summary>
    public static Figures Difference(Counted before, IReadOnlyDictionary<string, Figures> now)
    {
        var difference = new Figures();
        foreach (var figures in now.Values) difference.Add(figures);
        foreach (var (unit, figures) in before.Units)
            if (now.ContainsKey(unit)) difference.Add(figures, -1);
            else
                foreach (var (name, value) in figures.All)
                    if (IsPassing(name)) difference.Add(name, -value);
        return difference;
    }

    private static bool IsPassing(string name) => name.Split('|') is ["journey", _, "live" or "at" or "due", ..];

    public Row Row(string shard, string rowKey)
    {
        // Names repeat from unit to unit: each is written once.
        var names = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var units = new Dictionary<string, decimal[]>(StringComparer.Ordinal);
        foreach (var (unit, figures) in Units)
            units[unit] = [.. figures.All.SelectMany(figure => (decimal[])[Number(figure.Key), figure.Value])];
        return Documents.Entity(shard, rowKey, new CountedRow(names, units, Firsts), InsightsJson.Counted);

        int Number(string name)
        {
            if (numbers.TryGetValue(name, out var known)) return known;
            names.Add(name);
            return numbers[name] = names.Count - 1;
        }
    }

    public static Counted Read(Row row)
    {
        var (names, packed, firsts) = Documents.Read(row, InsightsJson.Counted).Value;
        var units = new Dictionary<string, Figures>(StringComparer.Ordinal);
        foreach (var (unit, pairs) in packed)
        {
            units[unit] = new();
            foreach (var pair in pairs.Chunk(2)) units[unit].Add(names[(int)pair[0]], pair[1]);
        }
        return new(units, firsts);
    }
}

/// <summary>A contribution as stored: names once, units as pairs of a name's number and its value.</summary>
public sealed record CountedRow(IReadOnlyList<string> Names, IReadOnlyDictionary<string, decimal[]> Units,
    IReadOnlyDictionary<string, string> Firsts);

/// <summary>JSON of the rows of <c>Insights</c>.</summary>
public static class InsightsJson
{
    public static JsonTypeInfo<CountedRow> Counted { get; } = RowJson.Options.Of<CountedRow>();
    public static JsonTypeInfo<Dictionary<string, decimal>> Sums { get; } =
        RowJson.Options.Of<Dictionary<string, decimal>>();
}
