using System.Net;
using Automation.Functions.Hosting;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The link in the mail that asks for a confirmed consent, over HTTP.</summary>
public sealed class ConfirmTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Whoever_looks_confirms_nothing_and_the_button_confirms_once_with_its_evidence()
    {
        var (id, link) = await Asked("asked@example.jp", "6401");
        var rows = await shop.RowsOnceCounted();
        foreach (var request in (HttpRequestMessage[])[new(HttpMethod.Get, link), new(HttpMethod.Head, link),
            new(HttpMethod.Get, link) { Headers = { { "Sec-Purpose", "prefetch" }, { "Purpose", "prefetch" } } },
            new(HttpMethod.Get, $"{link}?choice=confirm")])
        {
            var (status, page) = await Send(request);
            Assert.Equal(HttpStatusCode.OK, status);
            if (request.Method == HttpMethod.Get) Assert.Contains(
                """<button type="submit" name="choice" value="confirm" """, page, StringComparison.Ordinal);
        }
        Assert.Equal(ConsentState.Pending, (await Consent(id)).State);
        Assert.Equal(rows, shop.Rows());

        for (var n = 0; n < 2; n++)
        {
            using var button = new HttpRequestMessage(HttpMethod.Post, link)
            {
                Content = new FormUrlEncodedContent([new("choice", "confirm")]),
                Headers = { { "X-Forwarded-For", "203.0.113.7" } }
            };
            Assert.Equal((HttpStatusCode.OK, true), await Send(button) is var (status, page)
                ? (status, page.Contains("<h1>ご登録ありがとうございます</h1>", StringComparison.Ordinal)) : default);
        }
        var said = await Consent(id);
        Assert.Equal(ConsentState.Given, said.State);
        Assert.Equal("double opt-in", said.How);
        Assert.Equal(ConfirmationService.Page, said.Page);
        Assert.Equal("203.0.113.7", said.Ip);
        Assert.Equal(["pending", "given"], (await shop.Product.Get<ConsentService>().History(id)).Select(
            entry => entry.Said.State.ToString().ToLowerInvariant()));
    }

    [Fact]
    public async Task A_link_that_was_overtaken_by_an_opt_out_is_gone_and_brings_nobody_back()
    {
        var (id, link) = await Asked("left@example.jp", "6402");
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Withdrawn, DateTimeOffset.UtcNow, "unsubscribe link"));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post])
            await Refused(method, link, HttpStatusCode.Gone);
        Assert.Equal(ConsentState.Withdrawn, (await Consent(id)).State);
    }

    [Fact]
    public async Task A_link_that_is_none_of_ours_is_answered_kindly_and_confirms_nothing()
    {
        var (id, link) = await Asked("tampered@example.jp", "6403");
        var (gone, past) = await Asked("erased@example.jp", "6404");
        using var erased = await shop.Api(HttpMethod.Delete, $"/api/customers/{gone}");
        erased.EnsureSuccessStatusCode();
        var token = link[3..];
        string[] wrong =
        [
            past, "/c/made-up", $"/c/{token[..^1]}", $"/c/{token}A", $"/c/{token.ToUpperInvariant()}",
            $"/c/{new string('A', token.Length)}", "/c/%E3%81%AF%E3%81%84", $"/c/{new string('x', 4000)}",
            // an opt-out link
            $"/c/{Outgoing.Links(shop.Product.Get<Settings>()).Stops.Make(new(id, "email", Ledger.Id(id, "ask")))}",
            .. Enumerable.Range(0, token.Length)
                .Select(n => $"/c/{token[..n]}{(token[n] == 'A' ? 'B' : 'A')}{token[(n + 1)..]}"),
        ];
        foreach (var other in wrong)
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
                await Refused(method, other, HttpStatusCode.NotFound);
        Assert.Equal(ConsentState.Pending, (await Consent(id)).State);
    }

    private async Task Refused(HttpMethod method, string link, HttpStatusCode expected)
    {
        var (status, page) = await Send(new HttpRequestMessage(method, link));
        Assert.Equal((expected, link), (status, link));
        if (method == HttpMethod.Head) return;
        Assert.Contains("<h1>リンクを確認できませんでした</h1>", page, StringComparison.Ordinal);
        Assert.Contains("shop@example.jp", page, StringComparison.Ordinal);
        // Of a stranger's link nobody knows whether letters come.
        Assert.Equal(expected == HttpStatusCode.Gone, page.Contains("ご案内メールは、お届けしていません", StringComparison.Ordinal));
        Assert.DoesNotContain("<button", page, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Page)> Send(HttpRequestMessage request)
    {
        using var answer = await shop.Http.SendAsync(request);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A customer whose consent is pending, and the link that the mail to them carries.</summary>
    private async Task<(CustomerId, string)> Asked(string email, string order)
    {
        var id = new CustomerId(await shop.Customer(email, order));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Pending, DateTimeOffset.UtcNow.AddMinutes(-1), "checkout"));
        var links = Outgoing.Links(shop.Product.Get<Settings>()).Confirmations;
        return (id, $"/c/{links.Make(new(id, "email", Ledger.Id(id, "ask")))}");
    }

    private async Task<ConsentRecord> Consent(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"];
}
