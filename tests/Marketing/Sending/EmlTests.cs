using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using MimeKit;

namespace Automation.Marketing.Tests.Sending;

public sealed class EmlTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;

    internal static readonly Message Message = new()
    {
        Id = "00112233445566778899aabb-0123456789abcdef",
        To = "hanako@example.jp",
        From = new("news@shop.example", "茶と器 <山>"),
        ReplyTo = new("info@shop.example"),
        Subject = "二回目のお買い物に、もう一杯いかがですか🍵 ――店主より、心をこめてお便りいたします",
        Html = "<p>本文 <b>太字</b></p>\n.\n",
        Text = "本文\nFrom here\n",
        Headers = [new("List-Unsubscribe", "<https://shop.example/u/token>"),
            new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
        Purpose = Purpose.Marketing,
        Mail = "second-purchase/how-is-it",
        At = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(9)),
    };

    private static MimeMessage Read(Message message) => MimeMessage.Load(new MemoryStream(Eml.Write(message)));

    private static string Lines(string? text) => Assert.IsType<string>(text).ReplaceLineEndings("\n");

    [Fact]
    public void What_parts_a_mail_from_its_text_cannot_be_foreseen()
    {
        var boundaries = Enumerable.Range(0, 3).Select(_ => Read(Message).Body!.ContentType.Boundary).ToList();
        Assert.Equal(3, boundaries.Distinct().Count());
        Assert.All(boundaries, boundary => Assert.DoesNotContain(Message.Id, boundary, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_is_what_a_mail_client_reads()
    {
        var mail = Read(Message);
        Assert.Equal(Message.Subject, mail.Subject);
        Assert.Equal(new MailboxAddress("茶と器 <山>", "news@shop.example"), Assert.Single(mail.From));
        Assert.Equal("hanako@example.jp", $"{mail.To}");
        Assert.Equal("info@shop.example", $"{mail.ReplyTo}");
        Assert.Equal($"{Message.Id}@shop.example", mail.MessageId);
        Assert.Equal(Message.At, mail.Date);
        Assert.Equal(Message.At.Offset, mail.Date.Offset);
        Assert.Equal("<https://shop.example/u/token>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal(Message.Id, mail.Headers["X-Send-Id"]);
        Assert.Equal(Message.Mail, mail.Headers["X-Mail"]);
        var parts = Assert.IsType<MultipartAlternative>(mail.Body).Cast<TextPart>();
        Assert.Equal(["text/plain utf-8", "text/html utf-8"],
            parts.Select(part => $"{part.ContentType.MimeType} {part.ContentType.Charset}"));
        Assert.Equal(Message.Text, Lines(mail.TextBody));
        Assert.Equal(Message.Html, Lines(mail.HtmlBody));
    }

    [Fact]
    public void A_mail_lies_there_as_people_read_it_in_lines_of_RFC_5322()
    {
        var eml = Encoding.UTF8.GetString(
            Eml.Write(Message with { Mail = "二通目", Html = $"<p>{new string('長', 5000)}</p>" }));
        Assert.Contains(
            "\r\n本文\r\n", Encoding.UTF8.GetString(Eml.Write(Message with { Text = "本文\n" })), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", eml.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(eml.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 998));
        Assert.True(Ascii.IsValid(eml.AsSpan(0, eml.IndexOf("\r\n\r\n", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_very_long_line_is_encoded()
    {
        var text = new string('長', 5000);
        Assert.Equal(text, Read(Message with { Text = text }).TextBody);
    }

    [Fact]
    public void A_long_link_to_stop_mails_stays_one_link()
    {
        var link = $"<https://shop.example/u/{new string('x', 300)}>";
        Assert.Equal(
            link, Read(Message with { Headers = [new("List-Unsubscribe", link)] }).Headers["List-Unsubscribe"]);
    }

    [Theory]
    [InlineData("Cha, Utsuwa Co.")]
    [InlineData("A \"B\" \\ C.")]
    [InlineData("Tea")]
    [InlineData("茶と器, 山")]
    [InlineData("a\r\nBcc: x@y.jp")]
    public void A_senders_name_stays_a_name(string name)
    {
        var mail = Read(Message with { From = new("news@shop.example", name) });
        Assert.Equal(new MailboxAddress(name, "news@shop.example"), Assert.Single(mail.From));
        Assert.Empty(mail.Bcc);
    }

    /// <summary>As people have them at Japanese carriers, and as shops take them.</summary>
    [Theory]
    [InlineData("ha..na.@docomo.ne.jp")]
    [InlineData(".hana@ezweb.ne.jp")]
    [InlineData("hana@shop..jp")]
    [InlineData("o'neil+tea=x@example.jp")]
    public void An_address_that_no_rule_knows_is_written_all_the_same(string address) =>
        Assert.Equal(address, Read(Message with { To = address }).Headers[HeaderId.To]);

    [Fact]
    public void A_line_break_in_a_header_begins_no_other()
    {
        var mail = Read(Message with { Headers = [new("X-A", "b\r\nBcc: x@y.jp")], Subject = "c\r\nBcc: x@y.jp" });
        Assert.Empty(mail.Bcc);
        Assert.Single(mail.Headers, header => header.Field == "X-A");
    }

    [Fact]
    public async Task The_same_send_is_one_file()
    {
        File.WriteAllText(Path.Combine(folder, ".left.writing"), "cut short");
        var transport = new FolderTransport(folder);
        await transport.Send(Message, default);
        await transport.Send(Message with { Text = "again" }, default);
        await transport.Send(Message with { Id = "00112233445566778899aabb-ffffffffffffffff" }, default);
        Assert.Equal(
            ["20261122T010000.000Z-00112233445566778899aabb-0123456789abcdef.eml",
                "20261122T010000.000Z-00112233445566778899aabb-ffffffffffffffff.eml"],
            Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Contains("again", File.ReadAllText(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_in_the_folder_to_the_last_file_when_it_is_accepted()
    {
        var batch = new MessageBatch
        {
            Mail = "weekly",
            Purpose = Purpose.Marketing,
            From = Message.From,
            Subject = "今週"u8.ToArray(),
            Html = "<p>本文</p>"u8.ToArray(),
            Text = "本文"u8.ToArray(),
            Tags = [],
            Values = default,
            Recipients = [.. Enumerable.Range(1, 3).Select(
                n => new BatchRecipient
                {
                    SendId = $"00112233445566778899aabb-{n}",
                    To = $"reader{n}@example.jp",
                    UnsubscribeUrl = null,
                    Start = 0,
                    Ends = [],
                })],
            At = Message.At,
        };
        Assert.IsType<DeliveryResult.Accepted>(await new FolderTransport(folder).SendMany(batch, default));
        Assert.Equal(batch.Recipients.Select(recipient => recipient.SendId).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file).Split('-', 2)[1])
                .Order(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_made_to_last_is_not_accepted()
    {
        var transport = new FolderTransport(folder);
        FolderFlush.Flush(folder);
        Directory.Move(folder, $"{folder}-away");
        await Assert.ThrowsAnyAsync<IOException>(() => transport.Send(Message, default));
        Assert.ThrowsAny<IOException>(() => FolderFlush.Flush(folder));
        Directory.Move($"{folder}-away", folder);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
