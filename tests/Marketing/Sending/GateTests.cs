using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Mails;

namespace Automation.Marketing.Tests.Sending;

public class GateTests
{
    private static string Judge(Purpose purpose, Customer customer, int quietMinutes = 0) =>
        Gate.Judge(purpose, customer, "email", Mail.Now, Mail.Now.AddMinutes(quietMinutes)) switch
        {
            Verdict.Allowed => "yes",
            Verdict.Deferred(var until, var reason) => $"in {(until - Mail.Now).TotalMinutes} minutes: {reason}",
            Verdict.Refused(var reason) => reason,
            _ => "?",
        };

    private static Customer With(ConsentState? consent) => consent is null ? Mail.Sato : Mail.Sato with
    {
        Consent = new Dictionary<string, ConsentRecord>
        {
            ["email"] = new(consent.Value, Mail.Now, "test"),
            ["line"] = new(ConsentState.Given, Mail.Now, "test")
        },
    };

    [Theory]
    [InlineData(Purpose.Marketing, ConsentState.Given, "yes")]
    [InlineData(Purpose.Marketing, ConsentState.Pending, "consent: pending")]
    [InlineData(Purpose.Marketing, ConsentState.Unknown, "consent: unknown")]
    [InlineData(Purpose.Marketing, ConsentState.Withdrawn, "consent: withdrawn")]
    [InlineData(Purpose.Marketing, null, "consent: unknown")]
    [InlineData(Purpose.Transactional, ConsentState.Withdrawn, "yes")]
    [InlineData(Purpose.Transactional, null, "yes")]
    public void Only_a_given_consent_lets_marketing_through(Purpose purpose, ConsentState? consent, string expected) =>
        Assert.Equal(expected, Judge(purpose, With(consent)));

    [Theory]
    [InlineData(Purpose.Marketing)]
    [InlineData(Purpose.Transactional)]
    public void Nobody_is_written_to_at_a_suppressed_or_missing_address(Purpose purpose)
    {
        var customer = With(ConsentState.Given);
        Assert.Equal("suppressed: hard bounce", Judge(
            purpose, customer with { Suppressed = new Dictionary<string, string> { ["email"] = "hard bounce" } }));
        Assert.Equal("yes",
            Judge(purpose, customer with { Suppressed = new Dictionary<string, string> { ["line"] = "blocked" } }));
        Assert.Equal("test customer", Judge(purpose, customer with { Test = true }));
        foreach (var address in (string?[])[null, "", "a", "a@", "@b", "a@b@c", "a@b.jp\r\nBcc: c@d.jp", "a b@c.jp",
            "a,b@c.jp", "<a@b.jp>"])
            Assert.Equal("no email address", Judge(purpose, customer with { Email = address }));
    }

    [Fact]
    public void Quiet_hours_hold_marketing_back_and_order_mail_not()
    {
        Assert.Equal("in 30 minutes: quiet hours", Judge(Purpose.Marketing, With(ConsentState.Given), 30));
        Assert.Equal("yes", Judge(Purpose.Transactional, With(null), 30));
        Assert.Equal("consent: withdrawn", Judge(Purpose.Marketing, With(ConsentState.Withdrawn), 30));
    }
}
