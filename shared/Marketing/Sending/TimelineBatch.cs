using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Sending;

/// <summary>What one walk and its sends write to their customer's timeline, together: the walk's row on the condition
/// that it is as it was last read or written, and what became of its sends. Whoever wrote the walk's row in between
/// wins, and nothing of a transaction that came second is written.</summary>
/// <param name="customer">Whose timeline: the customer the walk began with, also where they were merged into another
/// since.</param>
/// <param name="read">The version in which the walk's row was read; default: there is none.</param>
public sealed class TimelineBatch(Tables tables, CustomerId customer, ETag read = default)
{
    private readonly List<RowAction> marks = [];
    private ETag version = read;

    /// <summary>Whose timeline it is.</summary>
    public CustomerId Customer => customer;

    /// <summary>The walk's row as it is to stand while a send is claimed; null: there is no walk.</summary>
    public Row? Walk { get; set; }

    /// <summary>Does something wait for the next transaction?</summary>
    public bool HasMarks => marks.Count > 0;

    /// <summary>Goes with the next transaction: what became of a send.</summary>
    public void Mark(RowAction mark) => marks.Add(mark);

    /// <summary>Claims a send in one transaction with <see cref="Walk"/>.</summary>
    /// <param name="claim">The send's row.</param>
    public async Task<Claimed> Claim(RowAction claim, CancellationToken cancellation)
    {
        var answer = await tables.Timeline.Submit(
            Walk is { } walk ? [claim, Replacing(walk)] : [claim], cancellation);
        if (!answer.Done) return answer.FailedAction is null or 0 ? new Claimed.Taken() : new Claimed.Disturbed();
        if (Walk is not null) version = answer.ETags[1];
        return new Claimed.Ours(answer.ETags[0]);
    }

    /// <summary>Writes the walk's row and what waits, in one transaction and without hurry: it is a round's last write.
    /// False where the row was written meanwhile or is gone: then what waits is written alone.</summary>
    /// <exception cref="IOException">The tables refuse it.</exception>
    public async Task<bool> Commit(Row walk)
    {
        var answer = await tables.Timeline.SubmitUnhurried([Replacing(walk), .. marks]);
        if (!answer.Done && answer.Status is not (404 or 412))
            throw new IOException($"{walk.RowKey} of {customer} could not be written: {answer.Status}.");
        if (!answer.Done) await Flush();
        return answer.Done;
    }

    /// <summary>Writes what waits, on its own: before the next effect, or where the walk's row is not ours to
    /// write.</summary>
    /// <exception cref="IOException">The tables refuse it.</exception>
    public async Task Flush()
    {
        if (marks.Count == 0) return;
        var answer = await tables.Timeline.Submit(marks);
        if (!answer.Done && answer.Status is not (404 or 412))
            throw new IOException($"Sends of {customer} could not be marked: {answer.Status}.");
        marks.Clear();
    }

    private RowAction Replacing(Row walk) => new(RowActionKind.UpdateReplace, walk, version);
}

/// <summary>What became of an attempt to claim a send.</summary>
public abstract record Claimed
{
    /// <summary>It is ours.</summary>
    /// <param name="ETag">The ledger row's version.</param>
    public sealed record Ours(ETag ETag) : Claimed;

    /// <summary>The ledger's row is another than thought. Nothing was written.</summary>
    public sealed record Taken : Claimed;

    /// <summary>The walk's row has changed since it was read. Nothing was written.</summary>
    public sealed record Disturbed : Claimed;

    private Claimed() { }
}
