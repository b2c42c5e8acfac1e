namespace Automation.Marketing.People;

/// <summary>What a customer chose on the preference page, short of stopping everything (that is a withdrawn
/// consent).</summary>
public sealed record Preferences
{
    public static readonly Preferences None = new();

    /// <summary>Of each newsletter only the first issue of a month.</summary>
    public bool Monthly { get; init; }

    /// <summary>No marketing before.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Topics left: newsletters' ids.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>What both chose, for two who turned out to be one: the more reserved of each.</summary>
    public static Preferences? Unite(Preferences? one, Preferences? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => new Preferences
        {
            Monthly = one.Monthly || other.Monthly,
            PausedUntil = one.PausedUntil > other.PausedUntil ? one.PausedUntil : other.PausedUntil ?? one.PausedUntil,
            Without = [.. one.Without.Union(other.Without)],
        },
    };
}
