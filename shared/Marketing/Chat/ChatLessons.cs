using Automation.Marketing.Answers;
using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>Questions that the shop has no answer for, of one meaning.</summary>
/// <param name="Ways">As they were written, the latest first, each once.</param>
public sealed record OpenQuestion(IReadOnlyList<string> Ways, int Count, DateTimeOffset LatestAt);

/// <summary>What can be learnt from conversations.</summary>
public sealed record ChatReport
{
    /// <summary>From when on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Messages that wanted a reply.</summary>
    public required int Questions { get; init; }

    /// <summary>Answered from the shop's answers, orders and products.</summary>
    public required int Answered { get; init; }

    /// <summary>Asked back which was meant.</summary>
    public required int AskedBack { get; init; }
    public required int NotUnderstood { get; init; }
    public required int HandedOver { get; init; }

    /// <summary>Of the answers, how many a model has worded.</summary>
    public required int Worded { get; init; }

    /// <summary>Who said that it helped, and that it did not.</summary>
    public required int Helped { get; init; }
    public required int NotHelped { get; init; }

    /// <summary>From asking for a person to their answer, half of them within; null: nobody answered yet.</summary>
    public required TimeSpan? ToPerson { get; init; }

    /// <summary>Conversations of customers who are known.</summary>
    public required int Known { get; init; }

    /// <summary>Orders that these customers placed within three days after something was said, each once. Whether they
    /// would have come all the same nobody knows.</summary>
    public required int OrdersAfter { get; init; }

    /// <summary>The most frequent first.</summary>
    public required IReadOnlyList<OpenQuestion> Open { get; init; }
}

/// <summary>Adds up what was said. Pure.</summary>
public static class ChatLessons
{
    /// <summary>Open questions that are shown, and ways to ask of each.</summary>
    private const int MostOpen = 30, MostWays = 5;

    /// <summary>Texts of one meaning share so much of what they are made of.</summary>
    private const double Alike = 0.45;

    /// <summary>An order so long after something was said counts as coming after it.</summary>
    public static readonly TimeSpan Follows = TimeSpan.FromDays(3);

    /// <summary>Conversations of known customers in which something was said since then.</summary>
    public static IEnumerable<Talk> OfKnown(IEnumerable<Talk> talks, DateTimeOffset since) =>
        talks.Where(talk => talk.Customer is not null && talk.Said.Any(said => said.At >= since));

    /// <param name="orders">When customers placed their orders, by customer; whoever is missing placed none.</param>
    public static ChatReport Of(
        IReadOnlyCollection<Talk> talks, DateTimeOffset since,
        IReadOnlyDictionary<CustomerId, IReadOnlyList<OrderSummary>> orders)
    {
        var known = OfKnown(talks, since).ToList();
        var said = talks.SelectMany(talk => talk.Said).Where(one => one.By is null && one.At >= since).ToList();
        int Count(params ReplyKind[] kinds) => said.Count(one => kinds.Contains(one.Reply.Kind));
        return new()
        {
            Since = since,
            Questions = said.Count(one => one.Reply.Kind is not (ReplyKind.Nothing or ReplyKind.Greeting)),
            Answered = Count(ReplyKind.Answer, ReplyKind.Order, ReplyKind.Product),
            AskedBack = Count(ReplyKind.Choices),
            NotUnderstood = said.Count(IsOpen),
            Worded = said.Count(one => one.IsWorded),
            Known = known.Count,
            OrdersAfter = known.SelectMany(talk => After(talk, since, orders)).Distinct(StringComparer.Ordinal).Count(),
            HandedOver = said.Count(one => one.HandOver is not null),
            Helped = said.Count(one => one.Helped == true),
            NotHelped = said.Count(one => one.Helped == false),
            ToPerson = Median(
                [.. talks.SelectMany(talk => Waits(talk.Said)).Where(wait => wait.From >= since)
                    .Select(wait => wait.Lasted)]),
            Open = Group([.. said.Where(IsOpen).OrderByDescending(one => one.At)]),
        };
    }

    /// <summary>The keys of orders that came after something was said.</summary>
    private static IEnumerable<string> After(
        Talk talk, DateTimeOffset since, IReadOnlyDictionary<CustomerId, IReadOnlyList<OrderSummary>> orders) =>
        orders.GetValueOrDefault(talk.Customer!.Value, []).Where(order => talk.Said.Any(said =>
            !order.Void && said.At >= since && order.At > said.At && order.At - said.At <= Follows))
            .Select(order => order.Key);

    /// <summary>Nothing was found for it.</summary>
    private static bool IsOpen(Exchange said) => said is { Says: not null, Helped: null }
        && (said.Reply.Kind is ReplyKind.Unknown || said.HandOver == ChatRules.NotUnderstood);

    private static IEnumerable<(DateTimeOffset From, TimeSpan Lasted)> Waits(IReadOnlyList<Exchange> talk)
    {
        DateTimeOffset? since = null;
        foreach (var said in talk)
            if (said.By is null) since ??= said.HandOver is null ? null : said.At;
            else if (since is { } from)
            {
                yield return (from, said.At - from);
                since = null;
            }
    }

    private static List<OpenQuestion> Group(IReadOnlyList<Exchange> open)
    {
        var groups = new List<(HashSet<string> Tokens, List<Exchange> Said)>();
        foreach (var one in open)
        {
            // Of what bears the meaning alone: two questions about one thing differ in how they are put.
            var tokens = QuestionTokens.Of(QuestionText.Core(one.Says!)).Where(token => token.Bears == 1)
                .Select(token => token.Text).ToHashSet(StringComparer.Ordinal);
            if (tokens.Count == 0) tokens.Add(QuestionText.Fold(one.Says!));
            var same = groups.Find(group => Shared(group.Tokens, tokens) >= Alike);
            if (same.Said is null) groups.Add((tokens, [one]));
            else same.Said.Add(one);
        }
        return [.. groups.OrderByDescending(group => group.Said.Count).ThenByDescending(group => group.Said[0].At)
            .Take(MostOpen).Select(group => new OpenQuestion(
                [.. group.Said.Select(one => one.Says!.ReplaceLineEndings(" ").Trim()).Distinct().Take(MostWays)],
                group.Said.Count, group.Said[0].At))];
    }

    private static double Shared(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return (double)both / (one.Count + other.Count - both);
    }

    private static TimeSpan? Median(List<TimeSpan> all)
    {
        if (all.Count == 0) return null;
        all.Sort();
        return all[(all.Count - 1) / 2];
    }
}
