using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>What becomes of a send whose outcome is unknown. What went by LINE is asked again with its key. Of mails:
/// marketing is at most once. An order mail is at least once:
/// what the provider answered it could not take is tried for a day with growing pauses; what it did not answer may have
/// been a mail, and is sent once more and no more.</summary>
public abstract record Repetition
{
    /// <summary>Attempts without an answer: the first, and one more.</summary>
    public const int MostUnanswered = 2;

    /// <summary>How long it is tried.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>How long the first pause is at most where the provider did answer.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(15);

    /// <summary>Not before: the provider's events may still say what became of it.</summary>
    public sealed record Later(DateTimeOffset Due) : Repetition;
    public sealed record Now : Repetition;

    /// <summary>It is for a person to look at.</summary>
    public sealed record Never(string Reason) : Repetition;

    /// <summary>Is a send of this kind tried again at all?</summary>
    public static bool IsTried(Send send) => send.Purpose == Purpose.Transactional || send.Channel == Identity.Line;

    /// <summary>Pure.</summary>
    /// <param name="after">How long the provider's word is waited for (<c>Mail:SettleAfter</c>).</param>
    public static Repetition Of(Send send, TimeSpan after, DateTimeOffset now)
    {
        var since = send.UncertainSince ?? send.At;
        if (send.Channel == Identity.Line) return OnLine(send, since, now);
        return send switch
        {
            { GivenUp: true } => new Never(""),
            { Purpose: Purpose.Marketing } => new Never("marketing goes at most once"),
            { Unanswered: >= MostUnanswered } => new Never("sent once more, and that was not answered either"),
            // One more attempt there always is, also where the program was stopped for longer.
            { Repeats: > 0 } when now - since >= Longest => new Never("tried for a day"),
            _ when send.At + Pause(send, after) is var due && due > now => new Later(due),
            _ => new Now(),
        };
    }

    /// <summary>With its key a push may be asked again, marketing too: LINE takes it once. Not longer than LINE
    /// remembers the key.</summary>
    private static Repetition OnLine(Send send, DateTimeOffset since, DateTimeOffset now)
    {
        var pause = ShortestOnLine * Math.Pow(2, Math.Clamp(send.Repeats, 0, 16));
        var due = send.At + (pause < LongestPause ? pause : LongestPause);
        return send.GivenUp ? new Never("")
            : now - since >= LineMessage.KeyHolds ? new Never("LINE remembers it for a day, and that is over")
            : due > now ? new Later(due)
            : new Now();
    }

    private static readonly TimeSpan ShortestOnLine = TimeSpan.FromMinutes(1);

    private static TimeSpan Pause(Send send, TimeSpan after)
    {
        if (send.Unanswered > 0) return after;
        var first = after < Short ? after : Short;
        var doubled = first * Math.Pow(2, Math.Clamp(send.Repeats, 0, 16));
        return doubled < LongestPause ? doubled : LongestPause;
    }

    private Repetition() { }
}
