using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Automation.Functions.Publishing;

namespace Automation.Functions.Tests.Hosting;

/// <summary>What every answer carries, and questions that cannot be answered.</summary>
public sealed class AnswerTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Theory]
    [InlineData("/api/sends?next=AAAA")]
    [InlineData("/api/sends?next=L2EvYg")]
    [InlineData("/api/sends?customer=0123456789abcdef01234567&next=e30")]
    [InlineData("/api/journeys/hello/enrollments?next=AAAA")]
    [InlineData("/api/attention?next=AAAA")]
    public async Task A_next_that_is_none_of_ours_is_refused(string path)
    {
        using var answer = await shop.Api(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("1999-12-31")]
    public async Task A_day_that_is_nobodys_appointment_is_refused(string day)
    {
        Directory.CreateDirectory(Path.Combine(shop.Product.Get<ShopFiles>().Folder, "newsletters"));
        await File.WriteAllTextAsync(Path.Combine(shop.Product.Get<ShopFiles>().Folder, "newsletters", "weekly.json"),
            """{ "name": "x", "on": ["friday"], "at": "10:00" }""");
        await shop.Product.Get<ShopWatch>().Publish(default);
        using var put = await shop.Api(
            HttpMethod.Put, $"/api/newsletters/weekly/issues/{day}", "---\nsubject: 号\n---\nこんにちは。\n", "text/markdown");
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        using var got = await shop.Api(HttpMethod.Get, $"/api/newsletters/weekly/issues/{day}");
        Assert.Equal(HttpStatusCode.NotFound, got.StatusCode);
    }

    [Theory]
    [InlineData("/webhooks/orders/shopify")]
    [InlineData("/webhooks/orders/nobody")]
    [InlineData("/u/x")]
    [InlineData("/c/x")]
    [InlineData("/api/events")]
    [InlineData("/webhooks/orders/generic", "ffffffffffffffffff")]
    [InlineData("/u/x", "ffffffffffffffffff")]
    [InlineData("/api/shop", "ffffffffffffffffff", "PUT")]
    public async Task A_body_whose_chunks_make_no_sense_is_refused(
        string path, string chunk = "zz", string method = "POST")
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, shop.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {RunningShop.Key}\r\nContent-Type: "
            + $"application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}\r\n{{}}\r\n0\r\n\r\n"));
        var buffer = new byte[4096];
        var status = int.Parse(
            Encoding.ASCII.GetString(buffer, 9, await socket.ReceiveAsync(buffer) > 12 ? 3 : 0),
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(status, 200, 499);
    }

    [Theory]
    [InlineData("/u/x")]
    [InlineData("/c/x")]
    public async Task A_page_for_customers_is_shown_in_no_frame_and_its_address_goes_nowhere(string path)
    {
        using var answer = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains(
            "frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/api/customers?email=a@example.jp", true)]
    [InlineData("/api/customers/x", true)]
    [InlineData("/api/attention", false)]
    public async Task What_the_api_says_is_kept_by_nobody_in_between(string path, bool key)
    {
        using var answer = key
            ? await shop.Api(HttpMethod.Get, path)
            : await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("transactional", "", "transactional", false)]
    [InlineData("marketing", "", "marketing", true)]
    [InlineData("transactional", "purpose: marketing\n", "marketing", true)]
    public async Task A_preview_is_the_mail_that_is_sent(string journey, string mail, string purpose, bool optOut)
    {
        var folder = shop.Product.Get<ShopFiles>().Folder;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mails", "thanks.md"), $"---\nsubject: ありがとう\n{mail}---\nありがとうございます。\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "journeys", "thanks.json"), RunningShop.Journey.Replace(
            "\"marketing\"",
            $"\"{journey}\"",
            StringComparison.Ordinal).Replace("\"hello\"", "\"thanks\"", StringComparison.Ordinal));
        await shop.Product.Get<ShopWatch>().Publish(default);
        using var answer = await shop.Api(HttpMethod.Get, "/api/mails/thanks/preview");
        var preview = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(purpose, preview.GetProperty("purpose").GetString());
        Assert.Equal(
            optOut, preview.GetProperty("html").GetString()!.Contains("/u/preview", StringComparison.Ordinal));
        Assert.Equal(
            optOut, preview.GetProperty("text").GetString()!.Contains("東京都千代田区1-1", StringComparison.Ordinal));
    }
}
