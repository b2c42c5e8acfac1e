using Automation.Marketing.People;

namespace Automation.Marketing.Replays;

/// <summary>A customer who would have got other mails with the draft.</summary>
/// <param name="Only">Mails (<c>{journey}|{mail}</c>) they would get with the draft alone.</param>
/// <param name="NoMore">Mails they would get as it is published alone.</param>
public sealed record Difference(CustomerId Customer, IReadOnlyList<string> Only, IReadOnlyList<string> NoMore);

/// <summary>Who would have got what else. Pure.</summary>
/// <param name="All">How many customers.</param>
/// <param name="Some">The first of them.</param>
public sealed record Differences(int All, IReadOnlyList<Difference> Some)
{
    /// <summary>So many are named.</summary>
    public const int Named = 50;

    /// <param name="published">By customer, the mails they got with the shop as published.</param>
    /// <param name="draft">The same with the draft.</param>
    public static Differences Of(
        IReadOnlyDictionary<CustomerId, List<string>> published, IReadOnlyDictionary<CustomerId, List<string>> draft)
    {
        var (all, some) = (0, new List<Difference>());
        foreach (var customer in published.Keys.Union(draft.Keys).OrderBy(one => one.Value, StringComparer.Ordinal))
        {
            var (was, becomes) = (published.GetValueOrDefault(customer, []), draft.GetValueOrDefault(customer, []));
            var (only, noMore) = (Without(becomes, was), Without(was, becomes));
            if (only.Count + noMore.Count == 0 || all++ >= Named) continue;
            some.Add(new(customer, only, noMore));
        }
        return new(all, some);
    }

    /// <summary>What is in the one more often than in the other, in order.</summary>
    private static List<string> Without(List<string> one, List<string> other)
    {
        var left = other.CountBy(mail => mail).ToDictionary();
        var more = new List<string>();
        foreach (var mail in one.Order(StringComparer.Ordinal))
            if (left.GetValueOrDefault(mail) is > 0 and var n) left[mail] = n - 1;
            else more.Add(mail);
        return more;
    }
}
