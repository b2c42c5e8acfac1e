using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using static Automation.Functions.Tests.WholeThing.SendGridPost;

namespace Automation.Functions.Tests.Sending;

/// <summary>What became of mails comes back from the provider and changes what happens next.</summary>
public sealed class FeedbackTests(LetterShop shop) : IClassFixture<LetterShop>
{
    private readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    private static JsonObject Click(string send, DateTimeOffset at, string link = "https://shop.example/tea",
        string agent = "Mozilla/5.0 (iPhone)") =>
            Event("click", send, at, null, click => (click["url"], click["useragent"]) = (link, agent));

    private async Task<(SendState? State, string? Reason)> Sent(CustomerId customer, string mail) =>
        (await shop.Sends(customer)).GetValueOrDefault(mail) is { } send ? (send.State, send.Reason) : (null, null);

    [Fact]
    public async Task A_person_s_click_wakes_the_journey_that_sent_the_mail_and_no_other()
    {
        var (customer, _) = await shop.Customer();
        var tea = (await shop.Sends(customer))["tea/first"].Id;
        await shop.Hear(
            Event("open", tea, now, null, open => open["sg_machine_open"] = true),
            Click(tea, now, agent: "Barracuda Sentinel"),
            Click(tea, now.AddSeconds(3), "https://shop.example/tea"),
            Click(tea, now.AddSeconds(3), "https://shop.example/other"), Event("delivered", tea, now));
        Assert.Equal(["cups/first", "tea/first"], (await shop.Sends(customer)).Keys.Order());

        await shop.Hear(Click(tea, now.AddMinutes(2)));
        Assert.Equal((SendState.Accepted, null), await Sent(customer, "tea/second"));
        Assert.Equal((null, null), await Sent(customer, "cups/second"));
        Assert.Equal(Outcome.Completed, (await shop.Enrollment(customer, "tea")).Outcome);
        Assert.True((await shop.Enrollment(customer, "cups")).IsLive);

        var timeline = await shop.Http.GetFromJsonAsync<JsonElement>($"/api/customers/{customer}/timeline");
        var story = Assert.Single(timeline.GetProperty("items")
            .EnumerateArray(), item => item.GetProperty("kind").GetString() == "engagement").GetProperty("what");
        Assert.Equal("tea/first", story.GetProperty("mail").GetString());
        Assert.Equal(
            now.AddMinutes(2).ToUnixTimeSeconds(),
            story.GetProperty("clickedAt").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.False(story.TryGetProperty("openedAt", out _));
    }

    [Theory]
    [InlineData("bounce", "suppressed: hard bounce", false)]
    [InlineData("spamreport", "suppressed: complaint", true)]
    [InlineData("unsubscribe", "consent: withdrawn", true)]
    [InlineData("group_unsubscribe", "consent: withdrawn", true)]
    public async Task What_stops_mails_holds_before_the_next_send(string kind, string reason, bool leaves)
    {
        var (customer, address) = await shop.Customer();
        var sends = await shop.Sends(customer);
        await shop.Hear(
            Event(kind, sends["tea/first"].Id, now, address), Click(sends["tea/first"].Id, now.AddMinutes(1)));
        await shop.Hear(Click(sends["cups/first"].Id, now.AddMinutes(2)));
        Assert.Equal((SendState.Refused, reason), await Sent(customer, "tea/second"));
        Assert.Equal((SendState.Refused, reason), await Sent(customer, "cups/second"));
        Assert.Equal((leaves ? Outcome.Left : (Outcome?)null, leaves ? "consent.withdrawn" : null),
            await shop.Enrollment(customer, "leaving") is var waiting ? (waiting.Outcome, waiting.Because) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_one_click_of_a_mail_s_header_is_heeded_in_the_middle_of_a_wait_and_looking_is_not(
        bool multipart)
    {
        var (customer, address) = await shop.Customer();
        var mail = Letters.To(shop.Outbox, address).First(letter => letter.Subject == "tea first");
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = mail.Unsubscribe();

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            using var looked = await shop.Http.SendAsync(new HttpRequestMessage(method, link));
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        }
        await shop.Idle();
        Assert.True((await shop.Enrollment(customer, "leaving")).IsLive);

        using HttpContent form = multipart
            ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
            : new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var stopped = await shop.Http.PostAsync(link, form);
        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.False(stopped.Headers.Contains("Set-Cookie"));
        await shop.Idle();
        Assert.Equal((Outcome.Left, "consent.withdrawn"),
            await shop.Enrollment(customer, "leaving") is var waiting ? (waiting.Outcome, waiting.Because) : default);
        await shop.Hear(Click((await shop.Sends(customer))["tea/first"].Id, now.AddMinutes(1)));
        Assert.Equal((SendState.Refused, "consent: withdrawn"), await Sent(customer, "tea/second"));
    }

    [Fact]
    public async Task A_batch_of_768_KB_is_taken_whole_and_what_nobody_can_read_in_it_is_set_aside()
    {
        var (customer, _) = await shop.Customer();
        var tea = (await shop.Sends(customer))["tea/first"].Id;
        await shop.Hear([.. Enumerable.Range(0, 700).Select(
            n => Event("deferred", tea, now.AddSeconds(n), null, more => more["response"] = new string('x', 900))),
            Event("processed", tea, now.AddSeconds(-1)),
            new JsonObject { ["event"] = "processed", ["why"] = "no time" }]);
        Assert.Equal(now.AddSeconds(-1).ToUnixTimeSeconds(), (await new Marketing.Sending.EngagementStore(
            shop.Product.Get<Tables>()).Find(tea))!.Value.ProcessedAt!.Value.ToUnixTimeSeconds());
        var parked = await shop.Http.GetFromJsonAsync<JsonElement>("/api/parked");
        var aside = Assert.Single(parked.GetProperty("items").EnumerateArray());
        Assert.Equal("sendgrid", aside.GetProperty("source").GetString());
        Assert.Equal("The event has no time.", aside.GetProperty("reason").GetString());
        var left = 0;
        await foreach (var _ in shop.Product.Get<Tables>().Bodies.Query(new() { PartitionKey = "engagement" })) left++;
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task Trouble_with_the_account_is_where_a_person_looks()
    {
        await shop.Hear(new JsonObject
        {
            ["event"] = "account_status_change",
            ["timestamp"] = now.ToUnixTimeSeconds(),
            ["type"] = "compliance_suspend",
            ["sg_event_id"] = "MjEzNTg5OTcyOC10Y3BhX3N1c3BlbmQ"
        });
        var attention = await shop.Http.GetFromJsonAsync<JsonElement>("/api/attention?kind=stuck");
        var matter = Assert.Single(attention.GetProperty("items").EnumerateArray());
        Assert.Equal("stuck", matter.GetProperty("kind").GetString());
        Assert.Equal("SendGrid: account: compliance_suspend", matter.GetProperty("reason").GetString());
        Assert.Equal(now.ToUnixTimeSeconds(), matter.GetProperty("at").GetDateTimeOffset().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task What_SendGrid_did_not_sign_is_refused_and_gives_nothing_away()
    {
        var body = Batch(Event("processed", null, now));
        var changed = Signed(body);
        changed.Content = new ByteArrayContent(Batch(Event("processed", null, now.AddSeconds(1))));
        var bare = Signed(body);
        bare.Headers.Remove(Marketing.Engagement.SendGridSignature.SignatureHeader);
        foreach (var (request, status) in ((HttpRequestMessage, int)[])[(changed, 401), (bare, 401),
            (Signed(new byte[2 * 1024 * 1024 + 1]), 413), (new(HttpMethod.Get, "/webhooks/sendgrid"), 405)])
        {
            request.Headers.ExpectContinue = status == 413;
            using var answer = await shop.Http.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.False(JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()).TryGetProperty(
                "detail", out _));
        }
        using var genuine = await shop.Http.SendAsync(Signed(body));
        Assert.Equal(HttpStatusCode.Accepted, genuine.StatusCode);
        Assert.Empty(await genuine.Content.ReadAsByteArrayAsync());
    }
}
