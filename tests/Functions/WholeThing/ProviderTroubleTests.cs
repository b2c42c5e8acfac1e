namespace Automation.Functions.Tests.WholeThing;

public sealed class ProviderTroubleTests
{
    private const int Orders = 120;

    [Fact]
    public async Task A_provider_in_trouble_gets_every_mail_exactly_once_or_the_send_says_uncertain()
    {
        var requests = 0;
        await using var sink = await ProviderSink.Start();
        sink.Next = () => (Interlocked.Increment(ref requests) % 12) switch
        {
            2 or 7 => Manner.TooMany,
            4 => Manner.Broken,
            6 => Manner.AcceptSlowly,
            9 => Manner.AcceptAndCut,
            11 => Manner.CutUnread,
            _ => Manner.Accept,
        };
        await using var product = Trial.Product(sink, TestShop.Write(), rate: 86400);
        await product.Start();
        for (var n = 0; n < Orders; n++)
        {
            using var answer = await product.Http.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
            Assert.True(answer.IsSuccessStatusCode);
        }
        await product.Until(async () =>
            await product.List("/api/journeys/three/enrollments") is { Count: Orders } all
            && all.All(e => e.Text("outcome") == "completed") ? all : null,
            TimeSpan.FromSeconds(90), "every enrollment completes");

        var sends = await product.List("/api/sends");
        Trial.EachOnce(sends, sink, Orders);
        var arrived = sink.Accepted.Select(mail => mail.SendId).ToHashSet();
        Assert.Contains(sends, s => s.Text("state") == "uncertain" && arrived.Contains(s.Text("id")));
        Assert.Contains(sends, s => s.Text("state") == "uncertain" && !arrived.Contains(s.Text("id")));
    }
}
