using System.Text.Json;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>What trials of the product against a provider have in common: how it is set up, and what must hold of every
/// mail afterwards.</summary>
internal static class Trial
{
    /// <param name="rate">How much faster than outside the shop's time passes.</param>
    public static ProductProcess Product(
        ProviderSink sink, string shop, int rate, Dictionary<string, string>? more = null) => new(new(more ?? [])
        {
            ["Shop:Folder"] = shop,
            ["Clock:Rate"] = rate.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Transport"] = "sendgrid",
            ["Mail:SettleAfter"] = "10 years",
            ["Mail:From"] = "news@example.jp",
            ["Mail:TransactionalFrom"] = "orders@example.jp",
            ["SendGrid:ApiKey"] = "SG.test",
            ["SendGrid:BaseUrl"] = sink.Url,
        });

    /// <summary>Every order has all mails of its journey; each arrived exactly once, or is uncertain and arrived at
    /// most once; nobody got one twice.</summary>
    public static void EachOnce(IReadOnlyList<JsonElement> sends, ProviderSink sink, int orders)
    {
        Assert.Equal(orders * TestShop.Mails.Length, sends.Count);
        var arrived = sink.Accepted.CountBy(mail => mail.SendId).ToDictionary();
        foreach (var send in sends)
        {
            var (id, state) = (send.Text("id"), send.Text("state"));
            var times = arrived.GetValueOrDefault(id);
            Assert.True(state == "uncertain" ? times <= 1 : (state, times) == ("accepted", 1),
                $"{id} is {state} ({send.Text("reason")}) and arrived {times} times");
        }
        Assert.Empty(arrived.Keys.Except(sends.Select(send => send.Text("id"))));
        Assert.All(sink.Accepted.CountBy(mail => (mail.To, mail.Subject)), mail => Assert.Equal(1, mail.Value));
    }
}
