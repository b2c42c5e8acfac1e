using System.Net;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Tests.Line;

public sealed class LineAnswerTests
{
    [Theory]
    [InlineData(200, null, "{}", "accepted r1")]
    [InlineData(409, "first", "{}", "accepted first")]
    [InlineData(409, null, "{}", "unclear")]
    [InlineData(429, null, """{"message":"You have reached your monthly limit."}""", "used up")]
    [InlineData(429, null, """{"message":"The API rate limit has been exceeded. Try again later."}""", "busy")]
    [InlineData(400, null,
        """{"message":"The request body is wrong","details":[{"message":"May not be empty","property":"m[0]"}]}""",
        "refused LINE 400: The request body is wrong; May not be empty (m[0])")]
    [InlineData(401, null, """{"message":"Authentication failed"}""", "stopped")]
    [InlineData(302, null, "", "stopped")]
    [InlineData(500, null, "", "unclear")]
    [InlineData(503, null, "<html>", "unclear")]
    public void Each_answer_of_LINE_has_one_meaning(int status, string? accepted, string body, string means) =>
        Assert.Equal(means, LineAnswer.Read((HttpStatusCode)status, "r1", accepted, body) switch
        {
            DeliveryResult.Accepted taken => $"accepted {taken.ProviderId}",
            DeliveryResult.Refused refused => $"refused {refused.Reason}",
            DeliveryResult.Busy { IsUsedUp: true, Stopped: true } => "used up",
            DeliveryResult.Busy { Stopped: true } => "stopped",
            DeliveryResult.Busy => "busy",
            _ => "unclear",
        });

    [Fact]
    public void The_retry_key_is_the_UUIDv5_of_the_send() => Assert.Equal(
        "26d383ed-594c-510c-97b5-4c0c1543e71e",
        new LineMessage("0123456789abcdef01234567-0011223344556677", "U1", "a", "{}").Key.ToString());

    [Theory]
    [InlineData(0, 0, "later 1")]
    [InlineData(1, 0, "now")]
    [InlineData(1, 1, "later 1")]
    [InlineData(2, 1, "now")]
    [InlineData(200, 12, "later 40")]
    [InlineData(22 * 60 + 59, 3, "now")]
    [InlineData(23 * 60, 3, "never")]
    public void An_uncertain_push_is_asked_again_for_as_long_as_LINE_remembers_it(int minutes, int repeats, string what)
    {
        var since = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
        var send = new Send
        {
            Id = "a",
            Customer = new("0123456789abcdef01234567"),
            Channel = "line",
            Mail = "a",
            Purpose = Purpose.Marketing,
            For = "a@0",
            State = SendState.Uncertain,
            At = since,
            UncertainSince = since,
            Unanswered = 1 + repeats,
            Repeats = repeats,
        };
        var now = since.AddMinutes(minutes);
        Assert.Equal(what, Repetition.Of(send, TimeSpan.FromMinutes(15), now) switch
        {
            Repetition.Now => "now",
            Repetition.Later later => $"later {(later.Due - now).TotalMinutes}",
            _ => "never",
        });
        Assert.IsType<Repetition.Never>(
            Repetition.Of(send with { GivenUp = true }, TimeSpan.FromMinutes(15), now));
        Assert.IsType<Repetition.Never>(
            Repetition.Of(send with { Channel = "email" }, TimeSpan.FromMinutes(15), now));
    }
}
