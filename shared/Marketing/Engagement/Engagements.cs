using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>Events folded into what became of a send. Pure, and the same for every order and repetition of the same
/// events; what changes nothing gives the same reference back.</summary>
public static class Engagements
{
    /// <summary>More different links than a mail has; beyond it the last of the alphabet are let go.</summary>
    private const int MostLinks = 30;
    private const int LongestLink = 300;

    public static EngagementRecord After(this EngagementRecord was, MailEvent happened) => happened switch
    {
        MailEvent.Processed e => IsFirst(e, was.ProcessedAt) ? was with { ProcessedAt = e.At } : was,
        MailEvent.Delivered e => IsFirst(e, was.DeliveredAt) ? was with { DeliveredAt = e.At } : was,
        MailEvent.Deferred e =>
            IsFirst(was.Deferred, e.At, e.Reason) ? was with { Deferred = new(e.At, e.Reason) } : was,
        MailEvent.HardBounced e =>
            IsFirst(was.Bounced, e.At, e.Reason) ? was with { Bounced = new(e.At, e.Reason) } : was,
        MailEvent.SoftBounced e => IsFirst(was.SoftBounced, e.At, e.Reason, e.Class)
            ? was with { SoftBounced = new(e.At, e.Reason, e.Class) } : was,
        MailEvent.Dropped e => IsFirst(was.Dropped, e.At, e.Reason) ? was with { Dropped = new(e.At, e.Reason) } : was,
        MailEvent.Opened { Machine: true } e =>
            IsFirst(e, was.MachineOpenedAt) ? was with { MachineOpenedAt = e.At } : was,
        MailEvent.Opened e => IsFirst(e, was.OpenedAt) ? was with { OpenedAt = e.At } : was,
        MailEvent.Clicked { Machine: true } e =>
            IsFirst(e, was.MachineClickedAt) ? was with { MachineClickedAt = e.At } : was,
        MailEvent.Clicked e => Click(was, Link(e.Url), e.At),
        MailEvent.Complained e => IsLast(e, was.ComplainedAt) ? was with { ComplainedAt = e.At } : was,
        MailEvent.Unsubscribed e => IsLast(e, was.UnsubscribedAt) ? was with { UnsubscribedAt = e.At } : was,
        MailEvent.Resubscribed e => IsLast(e, was.ResubscribedAt) ? was with { ResubscribedAt = e.At } : was,
        _ => throw new InvalidOperationException($"A {happened.GetType().Name} is not an event of a mail."),
    };

    /// <summary>A link without its query, which may name the reader.</summary>
    public static string Link(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var link = end < 0 ? url : url[..end];
        return link.Length <= LongestLink ? link : link[..LongestLink];
    }

    private static EngagementRecord Click(EngagementRecord was, string link, DateTimeOffset at)
    {
        var links = was.Links ?? [];
        if (links.FirstOrDefault(known => known.Link == link) is { } known)
        {
            if (known.First <= at && at <= known.Last) return was;
            var widened =
                known with { First = at < known.First ? at : known.First, Last = at > known.Last ? at : known.Last };
            return was with { Links = [.. links.Select(each => each.Link == link ? widened : each)] };
        }
        // Let go by name, not by time, so that what is kept does not depend on the order.
        if (links.Count == MostLinks && string.CompareOrdinal(link, links[^1].Link) > 0) return was;
        return was with
        {
            Links = [.. links.Append(new(link, at, at)).OrderBy(each => each.Link, StringComparer.Ordinal)
                .Take(MostLinks)]
        };
    }

    private static bool IsFirst(MailEvent happened, DateTimeOffset? known) => !(known <= happened.At);

    private static bool IsLast(MailEvent happened, DateTimeOffset? known) => !(known >= happened.At);

    /// <summary>Of two at the same moment the reason decides, so that the order does not.</summary>
    private static bool IsFirst(Mark? known, DateTimeOffset at, string? reason, string? type = null)
    {
        if (known is null || at != known.At) return known is null || at < known.At;
        var order = string.CompareOrdinal(reason, known.Reason);
        return order < 0 || order == 0 && string.CompareOrdinal(type, known.Class) < 0;
    }
}
