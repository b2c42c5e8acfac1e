using System.Collections.Concurrent;
using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using SendGrid.Helpers.Mail;

namespace Automation.Marketing.Tests.Sending;

public class SendGridTests
{
    internal static readonly Message Message = EmlTests.Message;

    /// <summary>Real SendGrid time in which every wait is over at once, but counted.</summary>
    private sealed class SkippingTime : TimeProvider
    {
        private long ticks = new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero).Ticks;
        public ConcurrentQueue<TimeSpan> Waits { get; } = [];
        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            Interlocked.Add(ref ticks, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    internal static SendGridTransport Transport(
        string url, TimeProvider? time = null, bool sandbox = false, int seconds = 60) =>
            new(new SendGridSettings
            {
                ApiKey = "SG.key",
                BaseUrl = url,
                Sandbox = sandbox,
                Timeout = TimeSpan.FromSeconds(seconds)
            }, time ?? new SkippingTime(), NullLogger.Instance);

    internal static string InWords(DeliveryResult handover) => handover switch
    {
        DeliveryResult.Accepted(var id) => $"accepted {id}",
        DeliveryResult.Refused(var reason) => $"refused {reason}",
        DeliveryResult.Busy busy => $"busy{(busy.Stopped ? " stopped" : "")} {busy.Reason}",
        DeliveryResult.Unclear(var reason) => $"unclear {reason}",
        _ => "?",
    };

    [Fact]
    public async Task A_message_is_what_SendGrid_asks_for()
    {
        await using var sink = new Sink();
        using var transport = Transport(sink.Url, sandbox: true);
        Assert.Equal("accepted abc", InWords(await transport.Send(Message, default)));
        var body = Assert.Single(sink.Received);
        var personalization = body.GetProperty("personalizations")[0];
        Assert.Equal("""[{"email":"hanako@example.jp"}]""", personalization.GetProperty("to").GetRawText());
        Assert.Equal($$"""{"send_id":"{{Message.Id}}"}""", personalization.GetProperty("custom_args").GetRawText());
        Assert.Equal("news@shop.example", body.GetProperty("from").GetProperty("email").GetString());
        Assert.Equal(Message.From.Name, body.GetProperty("from").GetProperty("name").GetString());
        Assert.Equal(Message.Subject, body.GetProperty("subject").GetString());
        Assert.Equal(["text/plain", "text/html"],
            body.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString()));
        Assert.Equal([Message.Text, Message.Html],
            body.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("value").GetString()));
        Assert.Equal(
            "<https://shop.example/u/token>", body.GetProperty("headers").GetProperty("List-Unsubscribe").GetString());
        Assert.Equal(["second-purchase/how-is-it", "marketing"],
            body.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
        Assert.False(body.GetProperty("tracking_settings").GetProperty("subscription_tracking").GetProperty("enable")
            .GetBoolean());
        Assert.True(body.GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
        var head = Assert.Single(sink.Heads);
        Assert.StartsWith("POST /v3/mail/send HTTP/1.1\r\n", head);
        Assert.Contains("Authorization: Bearer SG.key\r\n", head);
        Assert.Contains("Content-Type: application/json; charset=utf-8\r\n", head);
        Assert.Equal("mail-0dd52ee3ceae0b25".Length, SendGridJson.Category("お礼").Length);
    }

    [Theory]
    [InlineData(202, "", "accepted abc", 1)]
    [InlineData(200, "", "accepted abc", 1)]
    [InlineData(400,
        """{"errors":[{"message":"Does not contain a valid address.","field":"personalizations.0.to","help":null}]}""",
        "refused SendGrid 400: Does not contain a valid address. (personalizations.0.to)", 1)]
    [InlineData(413, """{"errors":[{"message":"too large","field":null}]}""", "refused SendGrid 413: too large", 1)]
    [InlineData(415, "<html>", "refused SendGrid 415: <html>", 1)]
    [InlineData(401, """{"errors":[{"message":"The provided authorization grant is invalid","field":null}]}""",
        "busy stopped SendGrid 401: The provided authorization grant is invalid", 1)]
    [InlineData(403, "[]", "busy stopped SendGrid 403: []", 1)]
    [InlineData(301, "", "busy stopped SendGrid 301: SendGrid:BaseUrl leads elsewhere", 1)]
    [InlineData(500, "", "unclear SendGrid 500", 1)]
    [InlineData(503, "", "unclear SendGrid 503", 1)]
    [InlineData(429, "", "busy SendGrid 429: too many requests", 4)]
    public async Task Every_answer_has_its_meaning(int status, string body, string expected, int requests)
    {
        await using var sink = new Sink { Script = _ => (SinkDoes.Answer, status, "X-Message-Id: abc\r\n", body) };
        using var transport = Transport(sink.Url);
        Assert.Equal(expected, InWords(await transport.Send(Message, default)));
        Assert.Equal(requests, sink.Requests);
    }

    [Fact]
    public async Task Too_many_requests_wait_until_the_limit_is_lifted()
    {
        var time = new SkippingTime();
        var reset = time.GetUtcNow().AddSeconds(3).ToUnixTimeSeconds();
        await using var sink = new Sink
        {
            Script = number => number == 0 ? (SinkDoes.Answer, 429, $"X-RateLimit-Reset: {reset}\r\n", "{}")
                : (SinkDoes.Answer, 202, "X-Message-Id: abc\r\n", "")
        };
        using var transport = Transport(sink.Url, time);
        Assert.Equal("accepted abc", InWords(await transport.Send(Message, default)));
        Assert.InRange(Assert.Single(time.Waits), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.5));
        Assert.Equal(2, sink.Requests);
    }

    [Fact]
    public async Task A_limit_that_lasts_long_is_left_to_later()
    {
        var time = new SkippingTime();
        await using var sink = new Sink
        {
            Script = _ => (SinkDoes.Answer, 429,
                $"X-RateLimit-Reset: {time.GetUtcNow().AddSeconds(40).ToUnixTimeSeconds()}\r\n", "")
        };
        using var transport = Transport(sink.Url, time);
        Assert.Equal(TimeSpan.FromSeconds(41),
            Assert.IsType<DeliveryResult.Busy>(await transport.Send(Message, default)).RetryAfter);
        Assert.Empty(time.Waits);
    }

    [Theory]
    [InlineData("X-RateLimit-Reset: {now+31536000}\r\n", 900)]
    [InlineData("X-RateLimit-Reset: 253402300799\r\n", 900)]   // 9999-12-31
    [InlineData("X-RateLimit-Reset: 99999999999999999\r\n", 900)]
    [InlineData("X-RateLimit-Reset: {now+60}\r\nDate: {date+30}\r\n", 31)]
    [InlineData("X-RateLimit-Reset: {now+86460}\r\nDate: {date+86400}\r\n", 61)]
    [InlineData("Retry-After: 40\r\nX-RateLimit-Reset: {now+31536000}\r\n", 41)]
    [InlineData("Retry-After: {date+100}\r\nDate: {date+60}\r\n", 41)]
    [InlineData("Retry-After: {date+86400}\r\n", 900)]
    [InlineData("Retry-After: {date-60}\r\n", 1)]
    [InlineData("Retry-After: soon\r\nX-RateLimit-Reset: later\r\n", 2)]
    [InlineData("", 2)]
    public async Task What_a_provider_asks_to_wait_is_measured_by_its_own_clock_and_a_quarter_of_an_hour_at_most(
        string headers, int seconds)
    {
        var time = new SkippingTime();
        var now = time.GetUtcNow();
        var said = System.Text.RegularExpressions.Regex.Replace(headers, "{(now|date)([+-][0-9]+)}", match =>
        {
            var moment = now.AddSeconds(int.Parse(
                match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
            return match.Groups[1].Value == "now" ? $"{moment.ToUnixTimeSeconds()}" : $"{moment:R}";
        });
        await using var sink = new Sink { Script = _ => (SinkDoes.Answer, 429, said, "{}") };
        using var transport = Transport(sink.Url, time);
        var busy = Assert.IsType<DeliveryResult.Busy>(await transport.Send(Message, default));
        if (seconds > 6) Assert.Equal(TimeSpan.FromSeconds(seconds), busy.RetryAfter);
        else Assert.InRange(busy.RetryAfter, TimeSpan.FromSeconds(seconds - 1), TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task A_clock_that_is_put_back_makes_no_pause_longer()
    {
        await using var sink = new Sink { Script = _ => (SinkDoes.Answer, 500, "", "") };
        var clock = new Orders.StandingClock();
        using var transport = Transport(sink.Url, clock);
        for (var n = 0; n < 10; n++) await transport.Send(Message, default);
        clock.Jump(TimeSpan.FromDays(-1));
        Assert.IsType<DeliveryResult.Busy>(await transport.Send(Message, default));
        clock.Now += TimeSpan.FromSeconds(5);
        Assert.IsType<DeliveryResult.Unclear>(await transport.Send(Message, default));
        Assert.Equal(11, sink.Requests);
    }

    [Theory]
    [InlineData(SinkDoes.CutAfterReading)]
    [InlineData(SinkDoes.CutBeforeReading)]
    [InlineData(SinkDoes.StaySilent)]
    internal async Task What_was_cut_after_it_began_is_unclear_and_never_repeated(SinkDoes does)
    {
        await using var sink = new Sink { Script = number => (number == 0 ? SinkDoes.Answer : does, 202, "", "") };
        using var transport = Transport(sink.Url, seconds: does == SinkDoes.StaySilent ? 2 : 60);
        Assert.IsType<DeliveryResult.Accepted>(await transport.Send(Message, default));
        // on the connection that is already open
        Assert.IsType<DeliveryResult.Unclear>(await transport.Send(Message, default));
        Assert.Equal(2, sink.Requests);
    }

    [Fact]
    public async Task What_never_reached_anybody_may_go_later()
    {
        using var transport = Transport("http://127.0.0.1:1");
        Assert.StartsWith("busy SendGrid is not reached: ", InWords(await transport.Send(Message, default)));
    }

    [Fact]
    public async Task After_ten_failures_it_pauses()
    {
        await using var sink = new Sink { Script = _ => (SinkDoes.Answer, 500, "", "") };
        using var transport = Transport(sink.Url);
        for (var n = 0; n < 15; n++) await transport.Send(Message, default);
        Assert.Equal(10, sink.Requests);
    }

    /// <summary>The body on the wire is the one SendGrid's own client would write of a message of its own.</summary>
    [Fact]
    public async Task A_charset_that_is_not_one_does_not_hide_the_explanation()
    {
        await using var sink = new Sink
        {
            Script = _ => (SinkDoes.Answer, 400, "Content-Type: application/json; charset=utf8\r\n", "不可"),
        };
        using var transport = Transport(sink.Url);
        Assert.Equal("refused SendGrid 400: 不可", InWords(await transport.Send(Message, default)));
    }

    /// <summary>The answer's first line has come, and then the line is cut.</summary>
    [Theory]
    [InlineData(202, "accepted abc")]
    [InlineData(400, "refused SendGrid 400: ")]
    [InlineData(401, "busy stopped SendGrid 401: ")]
    [InlineData(503, "unclear SendGrid 503")]
    public async Task An_answer_counts_though_its_explanation_is_cut_short(int status, string expected)
    {
        await using var sink =
            new Sink { Script = _ => (SinkDoes.CutWhileAnswering, status, "X-Message-Id: abc\r\n", "cut") };
        using var transport = Transport(sink.Url);
        Assert.Equal(expected, InWords(await transport.Send(Message, default)));
        Assert.Equal(1, sink.Requests);
    }

    [Fact]
    public async Task Under_every_kind_of_trouble_each_mail_arrives_once_or_is_called_uncertain()
    {
        var time = new SkippingTime();
        await using var sink = new Sink
        {
            Script = number => (number % 7) switch
            {
                1 => (SinkDoes.Answer, 429, "", ""),
                3 => (SinkDoes.Answer, 500, "", ""),
                5 => (SinkDoes.CutAfterReading, 0, "", ""),
                _ => (SinkDoes.Answer, 202, "X-Message-Id: abc\r\n", ""),
            },
        };
        using var transport = Transport(sink.Url, time);
        await using var post = await Post.Open(transport);
        var (waiting, sends) = (Enumerable.Range(0, 60).ToList(), new List<Send>());
        while (waiting.Count > 0)
        {
            var outcomes = await Task.WhenAll(
                waiting.Select(n => post.Sending.Send(post.Request(reason: $"e{n}@0"), default)));
            sends.AddRange(outcomes.OfType<SendOutcome.Settled>().Select(settled => settled.Send));
            waiting = [.. waiting.Where((_, at) => outcomes[at] is SendOutcome.Later)];
            post.Clock.Now += TimeSpan.FromSeconds(10);
        }
        Assert.Equal(60, sends.Count);
        var arrived = sink.Accepted.Select(SendId).CountBy(id => id).ToDictionary();
        var seen = sink.Received.Select(SendId).ToHashSet();
        Assert.All(sends, send => Assert.True(send.State is SendState.Accepted or SendState.Uncertain));
        Assert.All(
            sends, send => Assert.Equal(send.State == SendState.Accepted ? 1 : 0, arrived.GetValueOrDefault(send.Id)));
        Assert.All(sends, send => Assert.Contains(send.Id, seen));
        Assert.Contains(sends, send => send.State == SendState.Uncertain);
        Assert.Contains(sends, send => send.State == SendState.Accepted);
    }

    internal static string SendId(JsonElement body) =>
        body.GetProperty("personalizations")[0].GetProperty("custom_args").GetProperty("send_id").GetString()!;
}
