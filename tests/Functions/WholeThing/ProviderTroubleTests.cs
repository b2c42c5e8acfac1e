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
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = TestShop.Write(),
            ["Clock:Rate"] = "86400",
            ["Mail:Transport"] = "sendgrid",
            ["Mail:SettleAfter"] = "10 years",
            ["Mail:From"] = "news@example.jp",
            ["Mail:TransactionalFrom"] = "orders@example.jp",
            ["SendGrid:ApiKey"] = "SG.test",
            ["SendGrid:BaseUrl"] = sink.Url,
        });
        await product.Start();
        for (var n = 0; n < Orders; n++)
        {
            using var answer = await product.Http.SendAsync(ShopifyOrder.Created(n, DateTimeOffset.UtcNow));
            Assert.True(answer.IsSuccessStatusCode);
        }
        await product.Until(async () =>
            await product.List("/api/journeys/three/enrollments") is { Count: Orders } all && all.All(e => e.Text("outcome") == "completed") ? all : null,
            TimeSpan.FromSeconds(90), "every enrollment completes");

        var sends = await product.List("/api/sends");
        Assert.Equal(Orders * TestShop.Mails.Length, sends.Count);
        var arrived = sink.Accepted.ToLookup(m => m.SendId);
        foreach (var send in sends)
        {
            var (id, state) = (send.Text("id"), send.Text("state"));
            var times = arrived[id].Count();
            Assert.True(state == "uncertain" ? times <= 1 : (state, times) == ("accepted", 1), $"{id} is {state} ({send.Text("reason")}) and arrived {times} times");
        }
        Assert.Contains(sends, s => s.Text("state") == "uncertain" && arrived[s.Text("id")].Any());
        Assert.Contains(sends, s => s.Text("state") == "uncertain" && !arrived[s.Text("id")].Any());
    }
}
