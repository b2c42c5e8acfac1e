using System.Runtime.InteropServices;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A stretch of a shard's customers, in the order of their ids, and what became of an issue's send to each (a
/// row of <c>Sends</c>). Its row key is the id behind which it begins, so that two who are at the same place contend
/// for the same row; where an issue goes both ways its LINE messages have chunks of their own. The ids and states are
/// packed: 13 bytes a customer.</summary>
public sealed partial class Chunk
{
    /// <summary>States above name a reason: <c>Reasons[state - FirstReason]</c>. Met: nothing is said of them
    /// yet.</summary>
    public const byte Claimed = 0, Sent = 1, Uncertain = 2, Met = 3, FirstReason = 16;

    /// <summary>The row key of a shard's first chunk: sorts before every id.</summary>
    public const string Beginning = "-";

    private const string Beside = "!";
    private const int IdLength = 12;
    private const char Skip = 's', Fail = 'f', Wait = 'w';

    private readonly List<byte> ids;
    private readonly List<byte> states;
    private readonly List<string> reasons;

    private Chunk(string partition, string after, List<byte> ids, List<byte> states, List<string> reasons) =>
        (Partition, After, this.ids, this.states, this.reasons) = (partition, after, ids, states, reasons);

    /// <summary>One that is not stored yet, and nobody in it.</summary>
    /// <param name="last">The last customer id looked at, in the audience or not: the next chunk begins behind
    /// it.</param>
    /// <param name="isBeside">Of LINE messages that go beside mails.</param>
    public static Chunk New(string partition, string after, string last, bool isBeside = false) =>
        new(partition, after, [], [], []) { Last = last, IsBeside = isBeside };

    /// <summary>Somebody of whom nothing is said yet, behind all the others; answers the place.</summary>
    public int Add(CustomerId customer)
    {
        Span<byte> id = stackalloc byte[IdLength];
        Convert.FromHexString(customer.Value, id, out _, out _);
        ids.AddRange(id);
        states.Add(Met);
        return states.Count - 1;
    }

    /// <summary>The partition of an issue's sends to a shard.</summary>
    public static string PartitionOf(IssueId issue, string shard) => $"{issue.Newsletter}|{issue.RowKey}|{shard}";

    public string Partition { get; }

    /// <summary>The id behind which it begins.</summary>
    public string After { get; }

    /// <summary>Its messages go by LINE, beside mails that are in a chunk of their own.</summary>
    public bool IsBeside { get; private init; }

    /// <summary>Its row key.</summary>
    public string Key => KeyOf(After, IsBeside);

    /// <summary>The row key of the chunk behind an id: those beside sort before all others.</summary>
    public static string KeyOf(string after, bool isBeside) => isBeside ? Beside + after : after;
    public string Last { get; private init; } = "";

    /// <summary>The attempt that has it; null: nobody's.</summary>
    public string? Claim { get; set; }

    /// <summary>When it was claimed first, the time of its mails; changes only where something of it is claimed
    /// again.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When those who wait shall be looked at again; null: at once.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Nobody who waits is looked at later than then.</summary>
    public void WaitUntil(DateTimeOffset until)
    {
        if (Until is null || until < Until) Until = until;
    }

    /// <summary>What is known of those who are uncertain.</summary>
    public string? Reason { get; set; }
    public string? ProviderId { get; set; }

    /// <summary>The round in which its failures were last tried.</summary>
    public int Round { get; set; }
    public ETag ETag { get; set; }

    public int Count => states.Count;
    public ReadOnlySpan<byte> States => CollectionsMarshal.AsSpan(states);
    private ReadOnlySpan<byte> Id(int n) => CollectionsMarshal.AsSpan(ids).Slice(n * IdLength, IdLength);
    public CustomerId Customer(int n) => new(Convert.ToHexStringLower(Id(n)));

    /// <summary>Is the customer's id in its stretch?</summary>
    public bool Spans(IssueId issue, CustomerId customer) =>
        string.CompareOrdinal(After, customer.Value) < 0 && string.CompareOrdinal(customer.Value, Last) <= 0
        && Partition == PartitionOf(issue, customer.Shard);

    /// <summary>Where a customer is in it; negative: not here.</summary>
    public int Find(CustomerId customer)
    {
        Span<byte> wanted = stackalloc byte[IdLength];
        Convert.FromHexString(customer.Value, wanted, out _, out _);
        for (var (low, high) = (0, Count - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            var order = wanted.SequenceCompareTo(Id(middle));
            if (order == 0) return middle;
            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }
        return -1;
    }

    public void Set(int n, byte state) => states[n] = state;
    public void SetSkipped(int n, string reason) => states[n] = Code(Skip, reason);
    public void SetFailed(int n, string reason) => states[n] = Code(Fail, reason);

    /// <summary>They have not got it yet and may: what for is <see cref="ReasonOf"/>'s to say.</summary>
    public void SetWaiting(int n, string reason) => states[n] = Code(Wait, reason);

    /// <summary>What another version of its row says of somebody, with the reason.</summary>
    public void Take(int n, Chunk other) =>
        states[n] = other.Kind(n) is { } kind ? Code(kind, other.ReasonOf(n)!) : other.states[n];

    /// <summary>It went to them, or may have.</summary>
    public bool HasGone(int n) => states[n] is Sent or Uncertain or Claimed or Asked;

    public bool IsFailed(int n) => Kind(n) == Fail;
    public bool IsWaiting(int n) => states[n] == Met || Kind(n) == Wait;
    private char? Kind(int n) => states[n] >= FirstReason ? reasons[states[n] - FirstReason][0] : null;

    /// <summary>Why somebody was skipped, failed or waits; null for the other states.</summary>
    public string? ReasonOf(int n) => states[n] switch
    {
        >= FirstReason => reasons[states[n] - FirstReason][1..],
        Uncertain => Reason,
        Asked => Unanswered,
        _ => null
    };

    /// <summary>Those in a state.</summary>
    public IEnumerable<int> In(byte state)
    {
        for (var n = 0; n < states.Count; n++) if (states[n] == state) yield return n;
    }

    public bool Has(byte state) => states.Contains(state);

    /// <summary>Does anybody wait?</summary>
    public bool HasWaiting => Has(Asked) || Enumerable.Range(0, Count).Any(IsWaiting);

    /// <summary>Nobody in it gets it any more: what was claimed is uncertain, whoever waits is skipped. False where
    /// nobody was open.</summary>
    public bool Close()
    {
        var (claimed, asked, closed) = (Has(Claimed), Has(Asked), false);
        for (var n = 0; n < Count; n++)
        {
            if (states[n] is Claimed or Asked) states[n] = Uncertain;
            else if (IsWaiting(n)) SetSkipped(n, "cancelled");
            else continue;
            closed = true;
        }
        if (claimed) Reason = Sending.Reconciliation.Killed;
        else if (asked) Reason = "LINE did not answer";
        Claim = null;
        return closed;
    }

    /// <summary>Adds it up: how many are in which state, by reason where there is one.</summary>
    public void AddTo(IssueTally tally)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var state in states) counts[state]++;
        tally.Add(Count, counts[Sent], counts[Uncertain], counts[Claimed] + counts[Met]);
        if (counts[Asked] > 0) tally.Wait(Unanswered, counts[Asked]);
        for (var n = 0; n < reasons.Count; n++)
        {
            if (counts[n + FirstReason] is not (> 0 and var count)) continue;
            var reason = reasons[n][1..];
            switch (reasons[n][0])
            {
                case Skip: tally.Skip(reason, count); break;
                case Fail: tally.Fail(reason, count); break;
                default: tally.Wait(reason, count); break;
            }
        }
    }

    /// <summary>A reason's state; when there are too many kinds the rest share one.</summary>
    private byte Code(char kind, string reason)
    {
        const int Most = 256 - FirstReason, Kinds = 3;
        var known = reasons.IndexOf(kind + reason);
        if (known < 0 && reasons.Count >= Most - Kinds) known = reasons.IndexOf(kind + "other reasons");
        if (known >= 0) return (byte)(FirstReason + known);
        reasons.Add(kind + (reasons.Count >= Most - Kinds ? "other reasons" : reason.ReplaceLineEndings(" ")));
        return (byte)(FirstReason + reasons.Count - 1);
    }

    /// <summary>The whole row.</summary>
    public Row Row()
    {
        var row = Progress();
        row["Ids"] = ids.ToArray();
        row["Last"] = Last;
        return row;
    }

    /// <summary>What changes: to be merged into the row.</summary>
    public Row Progress()
    {
        var row = new Row(Partition, Key)
        {
            { "States", states.ToArray() },
            { "Reasons", string.Join('\n', reasons) },
            { "Claim", Claim ?? "" },
            { "At", At },
            { "Until", Until ?? DateTimeOffset.UnixEpoch },
            { "Reason", Reason ?? "" },
            { "ProviderId", ProviderId ?? "" },
            { "Round", Round },
        };
        AddLines(row);
        return row;
    }

    public static Chunk Read(Row row) => new Chunk(
        row.PartitionKey, row.RowKey.TrimStart(Beside[0]),
        [.. row.GetBinary("Ids") ?? []], [.. row.GetBinary("States") ?? []],
        [.. (row.GetString("Reasons") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)])
    {
        Last = row.GetString("Last") ?? "",
        IsBeside = row.RowKey.StartsWith(Beside, StringComparison.Ordinal),
        Claim = row.GetString("Claim") is { Length: > 0 } claim ? claim : null,
        At = row.GetDateTimeOffset("At") ?? default,
        Until = row.GetDateTimeOffset("Until") is { } until && until > DateTimeOffset.UnixEpoch ? until : null,
        Reason = row.GetString("Reason") is { Length: > 0 } reason ? reason : null,
        ProviderId = row.GetString("ProviderId") is { Length: > 0 } id ? id : null,
        Round = row.GetInt32("Round") ?? 0,
        ETag = row.ETag,
    }.WithLines(row);
}
