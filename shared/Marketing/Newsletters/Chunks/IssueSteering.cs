using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A person's move, whether the issue's slot has come or not.</summary>
public sealed class IssueSteering(IssueControl control, SlotSteering slots, IssueQuestion question, IssueStart start)
{
    /// <summary>Before its slot has come an issue can be cancelled (its slot is let go), and that can be taken back;
    /// afterwards as its state allows. Null: there is no such issue.</summary>
    public async Task<Moved?> Make(IssueMove move, IssueId id, CancellationToken cancellation)
    {
        if (move == IssueMove.Resume && await slots.Restore(id, cancellation) is { } restored) return new(
            restored, null);
        if (move == IssueMove.Cancel) await slots.Skip(id, cancellation);
        return await control.Make(move, id, cancellation);
    }

    /// <inheritdoc cref="IssueQuestion.Ask"/>
    public Task<Asked?> Ask(IssueId id, CancellationToken cancellation) => question.Ask(id, cancellation);

    /// <inheritdoc cref="IssueStart.Confirm"/>
    public Task<Moved?> Confirm(IssueId id, CancellationToken cancellation) => start.Confirm(id, cancellation);
}
