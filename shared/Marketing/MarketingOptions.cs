namespace Automation.Marketing;

/// <summary>What differs from one installation to the next, beside the seams.</summary>
public sealed record MarketingOptions
{
    /// <summary>No other process works on these tables: what is claimed and not ours is a dead process's.</summary>
    public bool IsSingleProcess { get; init; } = true;

    /// <summary>Customers an issue goes to in one call (<c>SendGrid:ChunkSize</c>).</summary>
    public int ChunkSize { get; init; } = 500;

    /// <summary>How long an uncertain send waits for the provider's word (<c>Mail:SettleAfter</c>).</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>False: all of it is only played. <c>call</c> steps go as if they had been answered, and call
    /// nobody.</summary>
    public bool MakesCalls { get; init; } = true;

    /// <summary>What links in mails begin with (<c>Site:PublicUrl</c>).</summary>
    public string PublicUrl { get; init; } = "";
}

/// <summary>Two clocks run in a shop: its own (the <see cref="TimeProvider"/> of the container), and the one
/// outside.</summary>
public static class Clocks
{
    /// <summary>The key of the time outside, in which leases run and rows are written.</summary>
    public const string Wall = "wall";
}
