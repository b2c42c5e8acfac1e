using System.Globalization;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Those of a chunk who get the issue by LINE together: who they are is frozen when they are claimed, so that
/// LINE may be asked again with the same key.</summary>
/// <param name="Number">From 1, within the chunk.</param>
/// <param name="At">When it was claimed: LINE's memory of the key begins then at the latest.</param>
public sealed record LineBatch(int Number, DateTimeOffset At)
{
    /// <summary>LINE takes no second one for this.</summary>
    public bool KeyHolds(DateTimeOffset now) => now - At < LineMessage.KeyHolds;

    /// <summary>When it is asked again: soon, then more and more seldom.</summary>
    public DateTimeOffset AskedAgainAt(DateTimeOffset now) =>
        now + TimeSpan.FromTicks(Math.Clamp((now - At).Ticks / 2, Soonest.Ticks, Latest.Ticks));

    private static readonly TimeSpan Soonest = TimeSpan.FromMinutes(1), Latest = TimeSpan.FromHours(1);
}

/// <summary>What of a chunk goes by LINE: a batch's number beside each customer, a byte, and the time of each
/// batch.</summary>
public sealed partial class Chunk
{
    /// <summary>LINE has not said whether it took it, and is asked again with the same key: still open.</summary>
    public const byte Asked = 4;

    /// <summary>Why somebody is <see cref="Asked"/>.</summary>
    public const string Unanswered = "LINE did not answer, and is asked again with the same key";

    /// <summary>Batches of a chunk: their numbers are bytes.</summary>
    public const int MostBatches = byte.MaxValue;

    private readonly List<byte> lines = [];
    private readonly List<DateTimeOffset> batches = [];
    private bool wasByLine;

    /// <summary>Does or did it go to them by LINE?</summary>
    public bool IsByLine(int n) => n < lines.Count && lines[n] > 0;

    /// <summary>The batch somebody is in; null: none, it is by mail or has not been claimed.</summary>
    public LineBatch? BatchOf(int n) => IsByLine(n) ? new(lines[n], batches[lines[n] - 1]) : null;

    /// <summary>Batches that LINE is asked about again, each with its places.</summary>
    public IEnumerable<(LineBatch Batch, IReadOnlyList<int> Places)> AskedBatches() => In(Asked)
        .GroupBy(n => lines[n]).Select(same => (BatchOf(same.First())!, (IReadOnlyList<int>)[.. same]));

    /// <summary>Names a batch; its retry key comes of it.</summary>
    public string NameOf(LineBatch batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{Partition}|{Key}|{batch.Number}");

    /// <summary>Puts these together and claims them; null: there were too many batches.</summary>
    public LineBatch? Begin(IReadOnlyCollection<int> places, DateTimeOffset at)
    {
        if (batches.Count == MostBatches) return null;
        batches.Add(at);
        while (lines.Count < Count) lines.Add(0);
        foreach (var n in places)
        {
            lines[n] = (byte)batches.Count;
            Set(n, Claimed);
        }
        wasByLine = true;
        return new(batches.Count, at);
    }

    /// <summary>LINE has certainly taken nothing of it: these are in no batch any more, and its number is free where it
    /// is the latest.</summary>
    public void Release(LineBatch batch, IReadOnlyCollection<int> places)
    {
        foreach (var n in places) lines[n] = 0;
        if (batch.Number == batches.Count && !lines.Contains((byte)batch.Number)) batches.RemoveAt(batches.Count - 1);
    }

    /// <summary>Claims somebody for a mail, whatever they were tried by before.</summary>
    public void ClaimForMail(int n)
    {
        if (IsByLine(n)) lines[n] = 0;
        Set(n, Claimed);
    }

    /// <summary>What a dead process had claimed by LINE may be asked about again.</summary>
    public void TakeOverLines()
    {
        foreach (var n in In(Claimed).Where(IsByLine).ToList())
        {
            Set(n, Asked);
            Until = null;
        }
    }

    private void AddLines(Row row)
    {
        if (!wasByLine) return;
        row["Lines"] = lines.ToArray();
        row["Batches"] = string.Join('\n', batches.Select(at => at.ToString("O", CultureInfo.InvariantCulture)));
    }

    private Chunk WithLines(Row row)
    {
        lines.AddRange(row.GetBinary("Lines") ?? []);
        batches.AddRange((row.GetString("Batches") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(at => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
        wasByLine = row.GetBinary("Lines") is not null;
        return this;
    }
}
