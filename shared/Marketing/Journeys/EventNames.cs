namespace Automation.Marketing.Journeys;

/// <summary>One event by its name, or several of which any will do.</summary>
public sealed record EventNames(IReadOnlyList<string> All)
{
    public EventNames(string one) : this([one]) { }

    public bool Contains(string type) => All.Contains(type);

    public bool Equals(EventNames? other) => other is not null && All.SequenceEqual(other.All);
    public override int GetHashCode() => All.Aggregate(0, (hash, name) => HashCode.Combine(hash, name));

    /// <summary>As the diary says them: <c>mail.clicked or order.placed</c>.</summary>
    public override string ToString() => string.Join(" or ", All);
}
