namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How many readers a mailing is expected to cost.</summary>
/// <param name="OptOuts">Unsubscribes and complaints; null: not enough data yet.</param>
/// <param name="AtMost">The upper end of the rate's 95 % interval, for whoever wants to be careful.</param>
/// <param name="Because">In words, with what it was reckoned from.</param>
public sealed record Expectation(double? OptOuts, double? AtMost, string Because);

/// <summary>What the shop's own history says about the next mailing.</summary>
public interface IExpectations
{
    /// <param name="newsletter">Whose issue it is.</param>
    /// <param name="recipients">How many would get it.</param>
    ValueTask<Expectation> Expect(string newsletter, int recipients);
}
