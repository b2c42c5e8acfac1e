using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>An activity's answer on its way into the next turn.</summary>
internal readonly record struct Answer(long Execution, HistoryEvent Event);

/// <summary>One instance that has something to do right now. It leaves memory as soon as it only waits.</summary>
internal sealed class LiveInstance(long key)
{
    private static readonly List<Answer> Nothing = [];

    private readonly Lock gate = new();
    private bool inTurn, poked, gone;
    private List<Answer> answers = [];

    public long Key => key;

    /// <summary>Null: to be read from its row. Touched only by the turn in hand.</summary>
    public InstanceState? State { get; set; }

    /// <summary>Activities handed out and not yet answered in a saved turn, by execution and id. Touched only by the
    /// turn in hand.</summary>
    public HashSet<(long Execution, int Id)> InHand { get; } = [];

    /// <summary>Turns that failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Of these, turns that could not be played.</summary>
    public int Unplayable { get; set; }

    /// <summary>A new instance whose first turn its starter runs himself.</summary>
    public static LiveInstance InFirstTurn(long key) => new(key) { inTurn = true };

    /// <summary>There may be something new. Null: too late, it has left memory; true: its turn must be queued; false:
    /// the turn in hand or queued will see it.</summary>
    public bool? Poke()
    {
        lock (gate)
        {
            if (gone) return null;
            poked = true;
            return !inTurn && (inTurn = true);
        }
    }

    /// <summary>As <see cref="Poke"/>, with an activity's answer; an instance with activities in hand never leaves
    /// memory.</summary>
    public bool Hand(Answer answer)
    {
        lock (gate)
        {
            answers.Add(answer);
            return !inTurn && (inTurn = true);
        }
    }

    /// <summary>What came since the last turn.</summary>
    public (bool Poked, List<Answer> Answers) Take()
    {
        lock (gate)
        {
            var taken = (poked, answers.Count == 0 ? Nothing : answers);
            if (answers.Count > 0) answers = [];
            poked = false;
            return taken;
        }
    }

    /// <summary>Undoes <see cref="Take"/> after a turn that could not be saved.</summary>
    public void PutBack(List<Answer> taken)
    {
        lock (gate)
        {
            poked = true;
            answers.InsertRange(0, taken);
        }
    }

    /// <summary>Ends the turn: <see cref="After.Again"/> keeps it for another one.</summary>
    public After EndTurn(bool again)
    {
        lock (gate)
        {
            if (again || poked || answers.Count > 0) return After.Again;
            inTurn = false;
            gone = InHand.Count == 0;
            return gone ? After.Gone : After.Waiting;
        }
    }

    public enum After { Again, Waiting, Gone }
}
