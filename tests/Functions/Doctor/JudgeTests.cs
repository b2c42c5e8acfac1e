using System.Net;
using Automation.Functions.Doctor;
using Automation.Functions.Local;

namespace Automation.Functions.Tests.Doctor;

/// <summary>What the doctor makes of what it is told.</summary>
public sealed class JudgeTests
{
    [Theory]
    [InlineData(200, """{"scopes":["alerts.read","mail.send"]}""", Grade.Ok, "may send")]
    [InlineData(200, """{"scopes":["alerts.read"]}""", Grade.Wrong, "lacks mail.send")]
    [InlineData(200, """<html>""", Grade.Warn, "not a list")]
    [InlineData(401, """{"errors":[]}""", Grade.Wrong, "does not know the key")]
    [InlineData(403, "", Grade.Warn, "does not let the key be looked at")]
    [InlineData(301, "", Grade.Wrong, "leads elsewhere")]
    [InlineData(429, "", Grade.Warn, "did not say (429)")]
    [InlineData(503, "", Grade.Warn, "did not say (503)")]
    public void A_key_is_judged_by_what_SendGrid_says(int status, string body, Grade grade, string says)
    {
        var found = SendGridKey.Judge(status, body, "https://api.sendgrid.com");
        Assert.Equal(grade, found.Grade);
        Assert.Contains(says, found.Says, StringComparison.Ordinal);
        Assert.Equal(grade == Grade.Ok, found.Remedy is null);
    }

    [Theory]
    [InlineData("SPF", "v=spf1 include:sendgrid.net ~all", Grade.Ok)]
    [InlineData("SPF", "v=spf1 include:_spf.google.com ~all", Grade.Ok)]
    [InlineData("SPF", "v=spf1 +all", Grade.Wrong)]
    [InlineData("SPF", "v=spf1 a|v=spf1 mx", Grade.Wrong)]
    [InlineData("SPF", "google-site-verification=1", Grade.Warn)]
    [InlineData("SPF", null, Grade.Warn)]
    [InlineData("DKIM", "k=rsa; t=s; p=MIGf", Grade.Ok)]
    [InlineData("DKIM", "v=DKIM1; p=", Grade.Wrong)]
    [InlineData("DKIM", "", Grade.Wrong)]
    [InlineData("DKIM", null, Grade.Warn)]
    [InlineData("DMARC", "v=DMARC1; p=none", Grade.Ok)]
    [InlineData("DMARC", "v=DMARC1;p=reject;rua=mailto:a@b.jp", Grade.Ok)]
    [InlineData("DMARC", "v=DMARC1; rua=mailto:a@b.jp", Grade.Wrong)]
    [InlineData("DMARC", "v=DMARC1; p=none|v=DMARC1; p=reject", Grade.Wrong)]
    [InlineData("DMARC", "", Grade.Warn)]
    [InlineData("DMARC", null, Grade.Warn)]
    public void A_domain_is_judged_by_its_records(string what, string? texts, Grade grade)
    {
        string[]? said = texts?.Split('|', StringSplitOptions.RemoveEmptyEntries);
        var records = new DomainRecords("example.jp")
        {
            Texts = what == "SPF" ? said : [],
            Keys = new Dictionary<string, IReadOnlyList<string>?> { ["s1"] = what == "DKIM" ? said : [] },
            Policies = what == "DMARC" ? said : [],
        };
        var found = DomainCheck.Judge(records).Single(one => one.What == what);
        Assert.Equal(grade, found.Grade);
        Assert.Contains("example.jp", found.Says, StringComparison.Ordinal);
        Assert.Equal(grade == Grade.Ok, found.Remedy is null);
    }

    [Theory]
    [InlineData("http://localhost:7071", true, Grade.Wrong)]
    [InlineData("http://localhost:7071", false, null)]
    [InlineData("http://shop.example.jp", true, Grade.Wrong)]
    [InlineData("http://shop.example.jp", false, Grade.Warn)]
    [InlineData("https://shop.example.jp", true, null)]
    public void An_address_of_links_is_public_and_https_where_mails_go_out(string url, bool sends, Grade? grade) =>
        Assert.Equal(grade, LinksCheck.Amiss(new Uri(url), sends)?.Grade);

    [Theory]
    [InlineData(200, """{"status":"live"}""", Grade.Ok)]
    [InlineData(200, "<html>", Grade.Wrong)]
    [InlineData(301, "", Grade.Wrong)]
    [InlineData(502, "", Grade.Wrong)]
    public void Links_lead_here_where_the_program_itself_answers(int status, string body, Grade grade) =>
        Assert.Equal(
            grade, LinksCheck.Judge("https://a.example", new((HttpStatusCode)status, body, null), sends: true).Grade);

    [Theory]
    [InlineData(new[] { 1.0 }, Grade.Ok, "right")]
    [InlineData(new[] { -20.0 }, Grade.Warn, "20 seconds behind")]
    [InlineData(new[] { 7200.0 }, Grade.Wrong, "120 minutes ahead of")]
    [InlineData(new[] { 0.0, 0.5, 9000 }, Grade.Ok, "right")]
    [InlineData(new double[0], Grade.Ok, "not compared")]
    public void A_clock_is_held_against_the_others_and_said_by_how_much_it_differs(
        double[] seconds, Grade grade, string says)
    {
        var found = ClockCheck.Judge(
            [.. seconds.Select(ahead => TimeSpan.FromSeconds(ahead))], null, 1, DateTimeOffset.UnixEpoch);
        Assert.Equal(grade, found.Grade);
        Assert.Contains(says, found.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_has_seen_a_time_lapse_is_not_for_customers()
    {
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(Grade.Warn, ClockCheck.Judge([], null, 86400, now).Grade);
        var found = ClockCheck.Judge([TimeSpan.Zero], new ClockAnchor(now, now.AddDays(30), 1), 1, now.AddHours(1));
        Assert.Equal(Grade.Wrong, found.Grade);
        Assert.Contains("30 days ahead of", found.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 10, Grade.Wrong)]
    [InlineData(900, 10, Grade.Warn)]
    [InlineData(3000, 2000, Grade.Warn)]
    [InlineData(5000, 2000, Grade.Ok)]
    public void A_disk_has_room_for_webhooks_and_for_a_backup(long free, long data, Grade grade) =>
        Assert.Equal(grade, DataCheck.Disk(free << 20, data << 20, "/data").Grade);
}
