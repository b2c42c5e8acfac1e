using System.Text.Json;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>One instruction of a journey; <c>do</c> says which. Next is the next line.</summary>
public abstract record Step
{
    /// <summary>Writes to the customer: a mail, a LINE text, or both are named.</summary>
    /// <param name="By">Where both are: by which they go.</param>
    public sealed record Send(string? Mail, string? Line = null, SendBy By = SendBy.Preferred) : Step
    {
        /// <summary>What it is called by.</summary>
        public string Name => Mail ?? Line ?? "";

        /// <summary>The texts by their channels, in the order in which they are tried, or go.</summary>
        public IReadOnlyList<(string Channel, string Name)> Texts =>
            [.. Line is { } line ? [("line", line)] : Array.Empty<(string, string)>(),
                .. Mail is { } mail ? [("email", mail)] : Array.Empty<(string, string)>()];
    }

    /// <summary>Lets time pass: <c>for</c> a period, or <c>until</c> a weekday and time of day, or a date field ±
    /// offset.</summary>
    public sealed record Wait(Period? For = null, WaitUntil? Until = null) : Step
    {
        /// <summary><c>for</c> as long as a field says.</summary>
        public WaitLength? Length { get; init; }
    }

    /// <summary>Waits for something to happen to the customer, <c>upTo</c> a period; <c>then</c> when it did,
    /// <c>else</c> when not.</summary>
    public sealed record WaitFor : Step
    {
        public required EventNames Events { get; init; }
        public required Period UpTo { get; init; }
        public Condition? Where { get; init; }
        public IReadOnlyList<Step>? Then { get; init; }
        public IReadOnlyList<Step>? Else { get; init; }
    }

    public sealed record Branch(Condition If, IReadOnlyList<Step> Then, IReadOnlyList<Step>? Else = null) : Step;

    /// <summary>Arms by percent (sum 100); the same customer always gets the same arm of the same split.</summary>
    public sealed record Split(IReadOnlyList<Arm> Arms) : Step;

    /// <summary>Changes what the shop knows about the customer.</summary>
    public sealed record Update(IReadOnlyList<string>? AddTags = null, IReadOnlyList<string>? RemoveTags = null,
        IReadOnlyDictionary<string, JsonElement>? Set = null) : Step;

    /// <summary>Takes one code from a pool, for this walk alone.</summary>
    public sealed record TakeCoupon(string Pool) : Step;

    /// <summary>Tells another system: POST of a small JSON to an allowed https address.</summary>
    public sealed record Call(string Url, IReadOnlyDictionary<string, JsonElement>? Body = null) : Step;

    /// <summary>Lets the customer begin another journey (its own reentry rule applies).</summary>
    public sealed record Start(string Journey) : Step;

    public sealed record Leave(string Because) : Step;

    private Step() { }   // the steps above are the whole language
}

/// <summary>By which of a mail and a LINE text a step writes.</summary>
public enum SendBy
{
    /// <summary>LINE where the customer follows the shop there, else mail: one of the two.</summary>
    Preferred,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>One arm of a split; an arm with <c>holdout</c> leaves at once and is compared with the others.</summary>
public sealed record Arm(string Name, int Percent, IReadOnlyList<Step>? Steps = null, bool Holdout = false);

/// <summary>A length of time that a field holds in days, e.g. the usual interval between orders.</summary>
/// <param name="Factor">Times it is waited.</param>
/// <param name="Offset">So much longer, or shorter with <paramref name="Before"/>.</param>
public sealed record WaitLength(string Field, decimal Factor = 1, Period? Offset = null, bool Before = false)
{
    /// <inheritdoc cref="WaitUntil.Missing"/>
    public IfMissing? Missing { get; init; }
}

/// <summary>A moment: the next weekday/time in the customer's zone, or a date field of the catalogue, shifted by an
/// offset. <see cref="Yearly"/>: the next anniversary of the date (a birthday); <see cref="At"/> beside a
/// field: at that time of its day.</summary>
public sealed record WaitUntil
{
    public IReadOnlyList<DayOfWeek>? Days { get; init; }
    public TimeOnly? At { get; init; }
    public string? Field { get; init; }
    public Period? Offset { get; init; }
    public bool Before { get; init; }
    public bool Yearly { get; init; }

    /// <summary>What becomes of whoever has no such date; null: not said, they leave.</summary>
    public IfMissing? Missing { get; init; }
}

/// <summary>What becomes of somebody of whom the field that a wait goes by is not known.</summary>
public enum IfMissing
{
    /// <summary>The walk ends and says why.</summary>
    Leave,

    /// <summary>The walk goes on at once, as if there were nothing to wait for.</summary>
    Continue,
}
