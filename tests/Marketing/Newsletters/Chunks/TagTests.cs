using System.Text;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Sending;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>What stands for customers' values in the page all share: nobody can foresee it, and no value is taken for
/// it.</summary>
public sealed class TagTests
{
    /// <summary>What a provider makes of it: tag by tag, also in what it has just put in.</summary>
    private static string Html(MessageBatch batch, BatchRecipient recipient)
    {
        var html = Encoding.UTF8.GetString(batch.Html.Span);
        for (var n = 0; n < batch.Tags.Count; n++) html = html.Replace(
            batch.Tags[n], Encoding.UTF8.GetString(batch.Value(recipient, n)), StringComparison.Ordinal);
        return html;
    }

    [Fact]
    public async Task A_name_that_is_written_like_a_tag_is_sent_as_written()
    {
        var (transport, pages, tags) = (new ToldTransport(), new Dictionary<string, string>(), new HashSet<string>());
        Mailing? open = null;
        transport.AnswerMany = async batch =>
        {
            foreach (var recipient in batch.Recipients) pages[recipient.To] = Html(batch, recipient);
            tags.UnionWith(batch.Tags);
            // Who has seen one mail's tags calls themselves by one of them before their own turn comes.
            if (tags.Count > 0)
                await open!.Put(Mailing.Customer(3) with { FamilyName = $"<b>{tags.Order().Last()}</b>" });
            return new DeliveryResult.Accepted("p");
        };
        await using var mailing = open = await Mailing.Open(
            transport,
            customers: 4,
            size: 2,
            body: "{{customer.familyName}}\n\n{{customer.email}}",
            but: (n, customer) => n == 1 ? customer with { FamilyName = "%ef3af93f-9%<" } : customer);
        await mailing.Run();
        Assert.Contains("%ef3af93f-9%&lt;", pages["c1@example.jp"], StringComparison.Ordinal);
        Assert.Contains($"&lt;b&gt;{tags.Order().Last()}&lt;/b&gt;", pages["c3@example.jp"], StringComparison.Ordinal);
        Assert.Equal(4, (await mailing.Tally()).Counts.Sent);
    }

    [Fact]
    public async Task Tags_of_an_issue_are_others_each_time_and_never_read_as_an_escape_of_an_address()
    {
        var (transport, tags) = (new ToldTransport(), new List<string>());
        transport.AnswerMany =
            batch =>
            {
                tags.Add(batch.Tags[0]);
                return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
            };
        for (var n = 0; n < 2; n++)
        {
            await using var mailing = await Mailing.Open(transport, customers: 1);
            await mailing.Run();
        }
        Assert.Equal(2, tags.Distinct().Count());
        Assert.All(tags, tag => Assert.Matches("^%[g-z]{14}-0%$", tag));
    }

    [Fact]
    public async Task Names_of_tags_count_towards_what_the_provider_takes_for_one_customer()
    {
        var (transport, largest) = (new ToldTransport(), 0);
        transport.AnswerMany = batch =>
        {
            foreach (var recipient in batch.Recipients)
                largest = Math.Max(largest, Enumerable.Range(
                    0, batch.Tags.Count).Sum(n => batch.Tags[n].Length + batch.Value(recipient, n).Length));
            return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted("p"));
        };
        var body = string.Concat(Enumerable.Range(
            0, 40).Select(n => $"{{{{#if customer.familyName}}}}{n:D2}{new string('x', 108)}{{{{/if}}}}\n\n"));
        await using var mailing = await Mailing.Open(transport, customers: 2, body: body);
        await mailing.Run();
        Assert.InRange(largest, 0, MessageBatch.LargestValues);
        Assert.Equal(2, transport.Sent.Count);
    }
}
