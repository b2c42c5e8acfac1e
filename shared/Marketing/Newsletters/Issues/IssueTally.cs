namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Adds up what became of an issue's sends.</summary>
public sealed class IssueTally
{
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> failed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> waiting = new(StringComparer.Ordinal);
    private int audience, sent, uncertain;

    /// <summary>Met, and nothing has become of it yet.</summary>
    public int Open { get; private set; }

    /// <summary>How many of the open ones wait, by what for; the others are in hand just now.</summary>
    public IReadOnlyDictionary<string, int> Waiting => waiting;

    public IssueCounts Counts => new()
    {
        Audience = audience,
        Sent = sent,
        Uncertain = uncertain,
        Skipped = new Dictionary<string, int>(skipped),
        Failed = new Dictionary<string, int>(failed)
    };

    internal void Add(int met, int sent, int uncertain, int open)
    {
        audience += met;
        this.sent += sent;
        this.uncertain += uncertain;
        Open += open;
    }

    internal void Skip(string reason, int count) => Add(skipped, reason, count);
    internal void Fail(string reason, int count) => Add(failed, reason, count);

    internal void Wait(string reason, int count)
    {
        Open += count;
        Add(waiting, reason, count);
    }

    private static void Add(SortedDictionary<string, int> reasons, string reason, int count) =>
        reasons[reason] = reasons.GetValueOrDefault(reason) + count;
}
