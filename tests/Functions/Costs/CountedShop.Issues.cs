using Automation.Functions.Engagement;
using Automation.Functions.Hosting;
using Automation.Functions.Newsletters;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Automation.Functions.Tests.Costs;

/// <summary>Issues, and what the provider says of them.</summary>
internal sealed partial class CountedShop
{
    private const string Tag = "counted";
    public static readonly IssueId Issue = new("weekly", new(2026, 11, 25));

    private NewsletterTick? tick;

    /// <summary>So many who get the issue.</summary>
    public Task<IReadOnlyList<Customer>> Readers(int count) => WholeThing.Readers.Put(tables, count, Tag);

    public Task TakeAway(IReadOnlyList<Customer> readers) => WholeThing.Readers.TakeAway(tables, readers);

    /// <summary>The text is pinned and the row is there: the orchestration may begin.</summary>
    public Task Confirm() => can.Get<IssueStart>().Confirm(Issue, CancellationToken.None);

    public Task<Operations> Open() =>
        Count(async () => Assert.True((await can.Get<IssueOpening>().Open(Issue, CancellationToken.None)).Go));

    /// <summary>One shard, and how many chunks it took.</summary>
    public async Task<(Operations Cost, int Chunks)> Send(string shard)
    {
        var cost = await Count(async () => Assert.Equal(
            ShardEnd.Done, (await can.Get<ShardSending>().Send(Issue, shard, CancellationToken.None)).End));
        return (cost, await can.Get<ChunkLedger>().Of(Issue, shard).CountAsync());
    }

    public Task<Operations> Close() => Count(async () => Assert.Equal(
        "sent", (await can.Get<IssueBook>().Close(Issue, null, CancellationToken.None)).Ended));

    public static string SendOf(Customer reader) => Ledger.Id(reader.Id, Issue.For);

    /// <summary>A batch at SendGrid's door, and what it costs to understand it.</summary>
    public async Task<(Operations Door, Operations Intake)> Tell(byte[] batch)
    {
        var taken = await Count(async () =>
        {
            using var signed = SendGridPost.Signed(batch);
            var http = new DefaultHttpContext { Request = { Body = new MemoryStream(batch) } };
            foreach (var (name, values) in signed.Headers) http.Request.Headers[name] = values.ToArray();
            Assert.IsType<Accepted>((await Made<SendGridWebhook>().Run(http.Request)).Result);
        });
        var message = Assert.Single(await tables.EngagementQueue.Receive(1, TimeSpan.FromMinutes(5)));
        var made = Made<EngagementIntake>();
        var intake = await Count(() => made.Run(new(message.Body), null!, CancellationToken.None));
        await tables.EngagementQueue.Delete(message.Id, message.Receipt);
        return (taken, intake);
    }

    /// <summary>A minute of the newsletter's timer.</summary>
    public Task<Operations> Tick()
    {
        tick ??= Made<NewsletterTick>();
        return Count(() => tick.Run(null!, null!, CancellationToken.None));
    }
}
