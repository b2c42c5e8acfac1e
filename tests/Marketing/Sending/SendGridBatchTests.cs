using System.Collections.Concurrent;
using System.Text;
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

/// <summary>Batches to SendGrid: bytes of ours, read back with SendGrid's own client.</summary>
public sealed class SendGridBatchTests
{
    public static readonly TheoryData<Message> Messages = new(
        SendGridTests.Message,
        SendGridTests.Message with { From = new("news@shop.example", "Cha, \"Utsuwa\" & Co."), Headers = [] },
        SendGridTests
            .Message with
        { ReplyTo = null, Subject = "half an emoji \ud83c", Html = "<b>&amp;\u2028\u0001</b>" });

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_is_the_one_that_SendGrids_own_library_would_write(Message message)
    {
        await using var sink = new Sink();
        using var transport = SendGridTests.Transport(sink.Url);
        await transport.Send(message, default);
        var read = ReadBack(Assert.Single(sink.Received).GetRawText());
        Assert.Equal(Encoded(SendGridMail.Of(message, sandbox: false)), read.Serialize());
        Assert.Contains("User-Agent: sendgrid/", Assert.Single(sink.Heads), StringComparison.Ordinal);
    }

    /// <summary>As it comes out of UTF-8: half a character does not.</summary>
    private static string Encoded(SendGridMessage message) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(message.Serialize()));

    /// <summary>What has a place in a message of SendGrid's, and nothing else.</summary>
    private static SendGridMessage ReadBack(string json) => JsonConvert.DeserializeObject<SendGridMessage>(
        json, new JsonSerializerSettings { MissingMemberHandling = MissingMemberHandling.Error })!;

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_batch_is_one_request_and_as_many_messages_as_there_are_recipients(int count)
    {
        await using var sink = new Sink();
        using var transport = SendGridTests.Transport(sink.Url, sandbox: true);
        var batch = Batch(count);
        Assert.Equal("accepted abc", SendGridTests.InWords(await transport.SendMany(batch, default)));
        var body = Assert.Single(sink.Received).GetRawText();
        var read = ReadBack(body);
        Assert.True(JToken.DeepEquals(JToken.Parse(body), JToken.Parse(read.Serialize())));
        Assert.Equal(count, read.Personalizations.Count);
        Assert.All(read.Personalizations.Zip(batch.Recipients), pair =>
            Assert.Equal(SendGridMail.Of(batch.Message(pair.Second), sandbox: true).Serialize(),
                For(read, pair.First).Serialize()));
    }

    [Fact]
    public async Task A_batch_for_nobody_or_too_many_is_not_sent()
    {
        using var transport = SendGridTests.Transport("http://127.0.0.1:1");
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendMany(Batch(0), default));
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendMany(Batch(1001), default));
    }

    private static MessageBatch Batch(int count)
    {
        var ink = new Utf8Buffer();
        var recipients = Enumerable.Range(0, count).Select(n =>
        {
            var begin = ink.Length;
            ink.Write($"{n} 様 \"&\\");
            return new BatchRecipient
            {
                SendId = $"s{n}",
                To = $"a{n}@example.jp",
                UnsubscribeUrl = $"https://shop.example/u/{n}",
                Start = begin,
                Ends = [ink.Length],
            };
        }).ToList();
        return new()
        {
            Mail = "weekly",
            Purpose = Purpose.Marketing,
            From = SendGridTests.Message.From,
            ReplyTo = SendGridTests.Message.ReplyTo,
            Subject = "今週の「%b-0%」🍵"u8.ToArray(),
            Html = "<p class=\"x\">%b-0%</p>\n"u8.ToArray(),
            Text = "%b-0%\r\n本文"u8.ToArray(),
            Tags = ["%b-0%"],
            Values = ink.Memory,
            Recipients = recipients,
            At = SendGridTests.Message.At,
        };
    }

    /// <summary>One recipient's mail of a batch, as SendGrid makes it: substitutions in place, own headers for the
    /// mail's.</summary>
    private static SendGridMessage For(SendGridMessage batch, Personalization one) => new()
    {
        Personalizations = [new() { Tos = one.Tos, CustomArgs = one.CustomArgs }],
        From = batch.From,
        ReplyTo = batch.ReplyTo,
        Subject = Filled(batch.Subject, one),
        Contents = [.. batch.Contents.Select(content => new Content(content.Type, Filled(content.Value, one)))],
        Headers = one.Headers,
        Categories = batch.Categories,
        TrackingSettings = batch.TrackingSettings,
        MailSettings = batch.MailSettings,
    };

    private static string Filled(string text, Personalization one) =>
        one.Substitutions.Aggregate(
            text, (filled, tag) => filled.Replace(tag.Key, tag.Value, StringComparison.Ordinal));
}
