namespace Automation.Marketing;

/// <summary>May it go now? Yes; later (when, why); no (why).</summary>
public abstract record Verdict
{
    public static readonly Verdict Yes = new Allowed();
    public static Verdict Later(DateTimeOffset until, string reason) => new Deferred(until, reason);
    public static Verdict No(string reason) => new Refused(reason);

    public sealed record Allowed : Verdict;
    public sealed record Deferred(DateTimeOffset Until, string Reason) : Verdict;
    public sealed record Refused(string Reason) : Verdict;

    private Verdict() { }
}
