using System.Globalization;
using Automation.Marketing.Chat;

namespace Automation.Marketing.Tests.Chat;

/// <summary>The shop's own questions as 140 other people would write them.</summary>
public sealed class ChatVariationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Count = 140;

    [Fact]
    public void Nine_in_ten_are_right_or_handed_over_and_nobody_is_told_something_else_than_they_asked()
    {
        var all = Variations.Of(TeaShop.Scenarios.Values, Count);
        Assert.Equal(Count, all.Count);
        var judged = all
            .Select(one => (one, Reply: Assert.Single(ChatPlay.Replies(one.Talk, TeaShop.Shop, TeaShop.Index))))
            .Select(one => (one.one, one.Reply, Judged: Judge(one.one, one.Reply))).ToList();
        foreach (var (one, reply, came) in judged.Where(one => one.Judged != Outcome.Right))
            output.WriteLine($"{came}: [{one.Rule}] {one.Says} -> {reply.Kind} {string.Join(' ', reply.Grounds)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", judged.CountBy(one => one.Judged))}"));
        Assert.Empty(judged.Where(one => one.Judged == Outcome.Wrong).Select(one => $"{one.one.Rule}: {one.one.Says}"));
        Assert.True(judged.Count(one => one.Judged is Outcome.Right or Outcome.Offered or Outcome.HandedOver)
            >= 0.9 * Count, "fewer than nine in ten are right or handed over");
        Assert.All(judged.Where(one => !one.one.Talk.IsLinked), one => Assert.All(
            one.one.Talk.Orders,
            order => Assert.DoesNotContain(order.Number, one.Reply.Whole, StringComparison.Ordinal)));
    }

    private enum Outcome { Right, Offered, HandedOver, NotUnderstood, Wrong }

    private static Outcome Judge(Variation asked, ChatReply reply)
    {
        var (kind, answer) = (asked.Turn.Comes, asked.Turn.Answer is { } name ? $"answer:{name}" : null);
        if (reply.Kind == ReplyKind.Choices)
            return answer is not null && reply.Grounds.Contains(answer) ? Outcome.Offered : Outcome.NotUnderstood;
        if (answer is not null ? reply.Grounds.Contains(answer) : reply.Kind == kind && SaysIt(asked.Turn, reply))
            return Outcome.Right;
        return reply.Kind switch
        {
            ReplyKind.People => Outcome.HandedOver,
            ReplyKind.Unknown => Outcome.NotUnderstood,
            // Who is unknown is asked to say who they are: nothing is told.
            ReplyKind.Link when reply.Grounds.Count == 0 => Outcome.NotUnderstood,
            _ => Outcome.Wrong,
        };
    }

    private static bool SaysIt(ChatTurn turn, ChatReply reply) =>
        turn.Contains.All(words => words.StartsWith('[') || reply.Whole.Contains(words, StringComparison.Ordinal));
}
