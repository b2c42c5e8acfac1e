using Automation.Marketing.Newsletters.Issues;


namespace Automation.Marketing.Insights;

/// <summary>What past issues say about the next: opt-outs per delivered mail.</summary>
public static class OptOuts
{
    private const int Enough = 500;

    /// <summary>From the newsletter's own issues; from all newsletters' where it has too few.</summary>
    public static Expectation Expect(Book book, string newsletter, int recipients)
    {
        foreach (var (prefix, whose) in ((string, string)[])[($"issue|{newsletter}|", newsletter),
            ("issue|", "all newsletters")])
            if (book.OptOuts(prefix) is { All: >= Enough } rate)
                return new(rate.Value * recipients, rate.Interval().High * recipients,
                    $"{rate.Of:0} of {rate.All:0} delivered mails of {whose} were answered with an opt-out or a "
                    + $"complaint");
        return new(null, null, $"not enough data yet: fewer than {Enough} mails of newsletters were delivered");
    }
}
