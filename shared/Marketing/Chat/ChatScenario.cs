using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>Imagined conversations and what must come back (shop/tests/{id}.chat.json).</summary>
public sealed record ChatScenario(string Id, IReadOnlyList<ChatTalk> Talks)
{
    /// <summary>What the files of such scenarios end with.</summary>
    public const string Ending = ".chat.json";

    public static bool Is(string file) => file.EndsWith(Ending, StringComparison.Ordinal);
}

/// <summary>One conversation.</summary>
public sealed record ChatTalk
{
    /// <summary>A Monday on which people answer.</summary>
    public static readonly DateTime DefaultStart = new(2026, 6, 1, 11, 0, 0);

    public string? About { get; init; }

    /// <summary>On the shop's clocks.</summary>
    public DateTime At { get; init; } = DefaultStart;

    /// <summary>Is it known who asks?</summary>
    public bool IsLinked { get; init; }

    /// <summary>Of whoever asks, latest first; where it is not known who asks, nothing is said of them.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    public DateTimeOffset StartsAt(TimeZoneInfo shop) => Zones.Instant(At, shop);
}

/// <summary>Something said, and what must come back.</summary>
/// <param name="Says">The words; where <paramref name="IsTap"/>, those of the choice that is tapped.</param>
public sealed record ChatTurn(string Says, bool IsTap = false)
{
    /// <summary><c>picture</c>, <c>sticker</c>: sent instead of words; null: words.</summary>
    public string? Sends { get; init; }

    /// <summary>How long after what was said before.</summary>
    public Period? Later { get; init; }

    /// <summary>Of which kind; null: whatever.</summary>
    public ReplyKind? Comes { get; init; }

    /// <summary>The answer that is given, or is among what is asked back; null: whichever.</summary>
    public string? Answer { get; init; }
    public IReadOnlyList<string> Contains { get; init; } = [];
    public IReadOnlyList<string> Lacks { get; init; } = [];
}
