using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

public sealed class BinaryEventTests
{
    private const string Body = """{"id":"1001"}""";

    [Fact]
    public void An_event_in_headers_is_read_like_one_in_the_body()
    {
        var seen = Assert.IsType<SourceEvent.OrderUpserted>(Read(Check(Signature(Type: "order.paid"))));

        Assert.Equal("1001", seen.Order.Id);
        Assert.Equal("till", seen.Order.Source);
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero), seen.Order.PaidAt);
        Assert.Equal(["email:葵@example.jp"], seen.Buyer.Identities.Select(identity => identity.ToString()));
    }

    [Fact]
    public void A_captured_body_cannot_be_posted_as_another_event() =>
        Assert.IsType<Verification.BadSignature>(Check(Signature(Type: "order.paid"), type: "customer.erased"));

    [Fact]
    public void A_signature_over_the_body_alone_is_none() =>
        Assert.IsType<Verification.BadSignature>(Check(Hmac(Body)));

    [Fact]
    public void Headers_beside_a_structured_body_say_nothing()
    {
        const string Structured =
            """{"specversion":"1.0","id":"1","source":"x","type":"order.paid","data":{"id":"7"}}""";
        var accepted = Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(
            Fixtures.Generic,
            Fixtures.Headers(
                ("content-type", "application/cloudevents+json"), ("ce-type", "customer.erased"),
                ("X-Signature", Hmac(Structured))),
            Encoding.UTF8.GetBytes(Structured), Fixtures.Now));

        Assert.Equal(Structured, Encoding.UTF8.GetString(accepted.Envelope.Body.Span));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"id\":\"1\"},\"type\":\"x\"")]
    public void A_body_that_is_not_JSON_is_accepted_and_parked(string body)
    {
        var verification = WebhookVerifier.Check(
            Fixtures.Generic, Headers("order.paid", Signature("order.paid", body)), Encoding.UTF8.GetBytes(body),
            Fixtures.Now);

        Assert.Throws<Files.UnreadableException>(() => Read(verification));
    }

    private static SourceEvent Read(Verification verification) => Assert.Single(
        Dialects.Read(Fixtures.Generic, Assert.IsType<Verification.Accepted>(verification).Envelope));

    private static Verification Check(string signature, string type = "order.paid") => WebhookVerifier.Check(
        Fixtures.Generic, Headers(type, signature), Encoding.UTF8.GetBytes(Body), Fixtures.Now);

    private static Func<string, string?> Headers(string type, string signature) => Fixtures.Headers(
        ("content-type", "application/json"), ("ce-specversion", "1.0"), ("ce-id", "o-1"), ("ce-source", "kanri"),
        ("ce-type", type), ("ce-time", "2026-11-03T09:00:00+09:00"),
        ("ce-subject", "email:%E8%91%B5@example.jp"), ("X-Signature", signature));

    private static string Signature(string Type, string body = Body) =>
        Hmac($"o-1\nkanri\n{Type}\n2026-11-03T09:00:00+09:00\nemail:%E8%91%B5@example.jp\n{body}");

    private static string Hmac(string text) => "sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData("s3cr3t"u8, Encoding.UTF8.GetBytes(text)));
}
