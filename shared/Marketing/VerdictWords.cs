namespace Automation.Marketing;

/// <summary>Verdicts as an explanation says them.</summary>
public static class VerdictWords
{
    public static string Word(this Verdict verdict) =>
        verdict switch { Verdict.Allowed => "yes", Verdict.Deferred => "later", _ => "no" };

    public static DateTimeOffset? Until(this Verdict verdict) => (verdict as Verdict.Deferred)?.Until;

    public static string? Because(this Verdict verdict) => verdict switch
    {
        Verdict.Deferred later => later.Reason,
        Verdict.Refused no => no.Reason,
        _ => null,
    };
}
