using System.Text;
using Automation.Marketing.Engagement;
using Automation.Marketing.Files;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Engagement;

public sealed class SendGridEventsTests
{
    private static readonly DateTimeOffset Sample = DateTimeOffset.FromUnixTimeSeconds(1513299569);
    private static List<SendGridEvent> Read(string json) => SendGridEventReader.Read(Encoding.UTF8.GetBytes(json));
    private static SendGridEvent.OfMail One(string members) => Assert.IsType<SendGridEvent.OfMail>(
        Assert.Single(Read($$"""[{"email":"a@example.jp","timestamp":1513299569,{{members}}}]""")));
    private static IEnumerable<string> Kinds(string fixture) => SendGridEventReader.Read(Fixtures.Bytes(fixture))
        .Select(notice => Assert.IsType<SendGridEvent.OfMail>(notice).Event.GetType().Name);

    [Fact]
    public void Every_sample_of_SendGrids_documentation_is_understood()
    {
        string[] all = ["Processed", "Deferred", "Delivered", "Opened", "Clicked", "HardBounced", "Dropped",
            "Complained", "Unsubscribed", "Unsubscribed", "Resubscribed"];
        Assert.Equal(all, Kinds("sendgrid/events_all_types.docs.json"));
        Assert.Equal(["Processed", "Deferred", "Delivered", "Opened", "Clicked", "HardBounced", "Dropped", "Complained",
            "Unsubscribed", "Unsubscribed", "Resubscribed"], Kinds("sendgrid/events_test_integration.json"));
        Assert.Equal(["Processed", "HardBounced", "Delivered", "Clicked", "Opened", "Unsubscribed"],
            Kinds("sendgrid/events_stronggrid_a.json"));
        Assert.Equal(["Dropped"], Kinds("sendgrid/signed_single.body.json"));
    }

    [Fact]
    public void A_sample_is_read_with_its_time_its_address_and_its_reason()
    {
        Assert.Equal(new MailEvent.Deferred(Sample, "400 try again later"),
            One("""  "event":"deferred","response":"400 try again later","attempt":"5"  """).Event);
        Assert.Equal(new MailEvent.HardBounced(Sample, "500 unknown recipient"),
            One("""  "event":"bounce","type":"bounce","reason":"500 unknown recipient","status":"5.0.0"  """).Event);
        Assert.Equal(new MailEvent.SoftBounced(Sample, "full", "Mailbox Unavailable"), One(
            """  "event":"bounce","type":"blocked","reason":"full","status":"5.2.2","bounce_classification":"Mailbox """
            + """Unavailable"  """).Event);
        Assert.Equal(new MailEvent.SoftBounced(Sample, "later", null),
            One("""  "event":"bounce","type":"bounce","reason":"later","status":"4.4.7"  """).Event);
        Assert.Equal(new MailEvent.Clicked(Sample, "https://shop.example/tea?a=1", false), One(
            """  "event":"click","url":"https://shop.example/tea?a=1","category":["a","b"],"url_offset":{"index":0"""
            + ""","type":"html"}  """).Event);
        Assert.Equal(("0123456789abcdef", "taro@example.jp"), Assert.IsType<SendGridEvent.OfMail>(
            Read("""[{"event":"processed","timestamp":1,"send_id":"0123456789abcdef","email":" Taro@Example.jp"}]""")[
                0]) is var mail ? (mail.SendId, mail.Address) : default);
        Assert.Equal(Sample, Assert.IsType<SendGridEvent.OfMail>(Read(
            """[{"event":"processed","timestamp":1513299569000}]""")[0]).Event.At);
    }

    [Theory]
    [InlineData("\"event\":\"open\",\"sg_machine_open\":true", true)]
    [InlineData("\"event\":\"open\",\"sg_machine_open\":false", false)]
    [InlineData("\"event\":\"open\",\"useragent\":\"Mozilla/5.0 (via ggpht.com GoogleImageProxy)\"", false)]
    [InlineData("\"event\":\"open\",\"useragent\":\"BarracudaCentral URL scanner\"", true)]
    public void Machines_that_open_are_told_from_people(string members, bool machine) =>
        Assert.Equal(new MailEvent.Opened(Sample, machine), One(members).Event);

    [Fact]
    public void What_a_server_said_is_kept_without_addresses_and_not_at_any_length()
    {
        var said = Assert.IsType<MailEvent.HardBounced>(
            One("""  "event":"bounce","reason":"550 5.1.1 <taro@example.jp>: unknown; rcpt=taro@example.jp"  """)
                .Event).Reason;
        Assert.Equal("550 5.1.1 <…@…>: unknown; …@…", said);
        Assert.Equal(300, Assert.IsType<MailEvent.Dropped>(
            One($"\"event\":\"dropped\",\"reason\":\"{new string('x', 5000)}\"").Event).Reason!.Length);
    }

    [Fact]
    public void One_bad_element_costs_none_of_the_others()
    {
        var read = Read(
            """[{"event":"processed","timestamp":1},7,{"timestamp":1},{"event":"open"},"""
            + """{"event":"open","timestamp":"x"},{"event":"open","timestamp":1e30},"""
            + """{"event":"telepathy","timestamp":1},{"event":"account_status_change","timestamp":1513299569"""
            + ""","type":"compliance_suspend"},null,{"event":"delivered","timestamp":"2"}]""");
        Assert.Equal(["OfMail", "Unreadable", "Unreadable", "Unreadable", "Unreadable", "Unreadable", "Unknown",
            "OfAccount", "Unreadable", "OfMail"], read.Select(notice => notice.GetType().Name));
        Assert.Equal("""{"timestamp":1}""", Encoding.UTF8.GetString(((SendGridEvent.Unreadable)read[2]).Body.Span));
        Assert.Equal(new SendGridEvent.OfAccount(Sample, "compliance_suspend"), read[7]);
        Assert.Throws<UnreadableException>(() => Read("{}"));
        Assert.Throws<UnreadableException>(() => Read("[{\"event\""));
    }
}
