using Automation.Functions.Hosting;
using Automation.Functions.Newsletters;
using Automation.Functions.Sending;
using Automation.Functions.Simulation;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Customers;
using Automation.Marketing.Engagement;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Orders;
using Automation.Marketing.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Tests.Costs;

/// <summary>Issues, and what the provider says of them.</summary>
internal sealed partial class CountedShop
{
    private const string Tag = "counted";
    public static readonly IssueId Issue = new("weekly", new(2026, 11, 25));

    private SlotDesk? slots;
    private SlotWarnings? warnings;

    /// <summary>So many who get the issue.</summary>
    public Task<IReadOnlyList<Customer>> Readers(int count) => WholeThing.Readers.Put(tables, count, Tag);

    public Task TakeAway(IReadOnlyList<Customer> readers) => WholeThing.Readers.TakeAway(tables, readers);

    /// <summary>The text is pinned and the row is there: the orchestration may begin.</summary>
    public Task Confirm() => can.IssueStart.Confirm(Issue, CancellationToken.None);

    public Task<Operations> Open() => Count(async () => Assert.True((await can.IssueDesk.Open(Issue, CancellationToken.None)).Go));

    /// <summary>One shard, and how many chunks it took.</summary>
    public async Task<(Operations Cost, int Chunks)> Send(string shard)
    {
        var cost = await Count(async () => Assert.Equal(ShardEnd.Done, (await can.ShardSending.Send(Issue, shard, CancellationToken.None)).End));
        return (cost, await can.Sends.Of(Issue, shard).CountAsync());
    }

    public Task<Operations> Close() => Count(async () => Assert.Equal("sent", (await can.IssueDesk.Close(Issue, null, CancellationToken.None)).Ended));

    public static string SendOf(Customer reader) => Ledger.Id(reader.Id, Issue.For);

    /// <summary>A batch at SendGrid's door, and what it costs to understand it.</summary>
    public async Task<(Operations Door, Operations Intake)> Tell(byte[] batch)
    {
        var envelopes = new Envelopes(tables.EngagementQueue, tables.Bodies);
        var taken = await Count(async () =>
        {
            using var signed = SendGridPost.Signed(batch);
            var http = new DefaultHttpContext { Request = { Body = new MemoryStream(batch) } };
            foreach (var (name, values) in signed.Headers) http.Request.Headers[name] = values.ToArray();
            await new SendGridWebhook(new SendGridDoor(SendGridPost.PublicKey), envelopes, new Rush(TimeProvider.System), time).Run(http);
            Assert.Equal(StatusCodes.Status202Accepted, http.Response.StatusCode);
        });
        var message = Assert.Single(await tables.EngagementQueue.Receive(1, TimeSpan.FromMinutes(5)));
        var settling = new Settling(tables, can.Sending, can.Standings.Of, time, TimeSpan.FromHours(1));
        var desk = new EngagementDesk(tables, can.Customers, new AddressStops(tables, can.Customers, can.Consents), settling, can.Sends.Settle, _ => false, "https://shop.example.jp/u/", NullLogger<EngagementDesk>.Instance);
        var intake = await Count(() => new EngagementIntake(envelopes, desk, new Parking(tables), can.Handling).Run(message, CancellationToken.None));
        await tables.EngagementQueue.Delete(message.Id, message.Receipt);
        return (taken, intake);
    }

    /// <summary>A minute of the newsletter's timer.</summary>
    public Task<Operations> Tick()
    {
        slots ??= new SlotDesk(tables, can.Newsletters, can.Issues, () => can.Journeys.Shop, _ => Task.CompletedTask, time, NullLogger<SlotDesk>.Instance);
        warnings ??= new SlotWarnings(
            tables, can.Newsletters, slots, () => can.Journeys.Shop, new NotingTransport(), Writers.Nobody, time,
            NullLogger<SlotWarnings>.Instance);
        return Count(() => new NewsletterTick(slots, can.IssueDesk, can.Newsletters, warnings).Run(CancellationToken.None));
    }
}
