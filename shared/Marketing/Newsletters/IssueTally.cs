namespace Automation.Marketing.Newsletters;

/// <summary>Adds up what became of an issue's sends.</summary>
public sealed class IssueTally
{
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> failed = new(StringComparer.Ordinal);
    private int audience, sent, uncertain;

    /// <summary>Met, and nothing has become of it yet.</summary>
    public int Open { get; private set; }

    public IssueCounts Counts => new() { Audience = audience, Sent = sent, Uncertain = uncertain, Skipped = new Dictionary<string, int>(skipped), Failed = new Dictionary<string, int>(failed) };

    internal void Add(int met, int sent, int uncertain, int open)
    {
        audience += met;
        this.sent += sent;
        this.uncertain += uncertain;
        Open += open;
    }

    internal void Add(bool isFailed, string reason, int count)
    {
        var reasons = isFailed ? failed : skipped;
        reasons[reason] = reasons.GetValueOrDefault(reason) + count;
    }
}
