namespace Automation.Marketing.Insights;

/// <summary>Counted figures by name, e.g. <c>journey|welcome|entered</c>. Adding is all there is to it, so what one
/// customer contributes can be taken back and put anew, and sums of shards are sums of everybody.</summary>
public sealed class Figures
{
    private readonly Dictionary<string, decimal> values = new(StringComparer.Ordinal);

    /// <summary>0 where nothing was counted.</summary>
    public decimal this[string name] => values.GetValueOrDefault(name);

    public bool IsEmpty => values.Count == 0;

    /// <summary>In the order of the names.</summary>
    public IEnumerable<KeyValuePair<string, decimal>> All =>
        values.OrderBy(figure => figure.Key, StringComparer.Ordinal);

    public void Add(string name, decimal amount = 1)
    {
        if (values.GetValueOrDefault(name) + amount is not 0 and var sum) values[name] = sum;
        else values.Remove(name);
    }

    public void Add(Figures others, int times = 1)
    {
        foreach (var (name, value) in others.values) Add(name, times * value);
    }

    /// <summary>Those whose name begins so, with the rest of the name.</summary>
    public IEnumerable<(string Name, decimal Value)> Under(string prefix)
    {
        foreach (var (name, value) in All)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) yield return (name[prefix.Length..], value);
    }

    /// <summary>The different first parts of what begins so: <c>journey|</c> → the journeys.</summary>
    public IReadOnlyList<string> Parts(string prefix) =>
        [.. Under(prefix).Select(figure => figure.Name.Split('|')[0]).Distinct()];
}
