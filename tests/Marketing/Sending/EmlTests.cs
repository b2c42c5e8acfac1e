using System.Text;
using System.Text.RegularExpressions;
using Automation.Marketing.Journeys;
using Automation.Marketing.Sending;

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
        Headers = [new("List-Unsubscribe", "<https://shop.example/u/token>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")],
        Purpose = Purpose.Marketing,
        Mail = "second-purchase/how-is-it",
        At = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(9)),
    };

    [Fact]
    public void What_parts_a_mail_from_its_text_cannot_be_foreseen()
    {
        var boundaries = Enumerable
            .Range(0, 3)
            .Select(_ => Regex.Match(Encoding.UTF8.GetString(Eml.Write(Message)), "boundary=\"(.*)\"").Groups[1].Value)
            .ToList();
        Assert.Equal(3, boundaries.Distinct().Count());
        Assert.All(boundaries, boundary => Assert.DoesNotContain(Message.Id, boundary, StringComparison.Ordinal));
    }

    /// <summary>A small reader of our own: headers unfolded and decoded, parts decoded.</summary>
    private static (Dictionary<string, string> Headers, List<(string Type, string Content)> Parts) Read(byte[] bytes)
    {
        var eml = Encoding.UTF8.GetString(bytes);
        Assert.DoesNotContain("\n", eml.Replace("\r\n", ""));
        Assert.All(eml.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 998));
        var (headers, body) = Split(eml);
        var boundary = Regex.Match(headers["Content-Type"], "boundary=\"(.*)\"").Groups[1].Value;
        Assert.EndsWith($"\r\n--{boundary}--\r\n", body);
        var parts = ("\r\n" + body[..^(boundary.Length + 8)]).Split($"\r\n--{boundary}\r\n").Skip(1).Select(part =>
        {
            var (own, content) = Split(part);
            return (own["Content-Type"], own["Content-Transfer-Encoding"] == "base64" ? Encoding.UTF8.GetString(Convert.FromBase64String(content)) : content.Replace("\r\n", "\n"));
        });
        return (headers, [.. parts]);
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Replace("\r\n ", " ").Split("\r\n");
        return (lines.ToDictionary(line => line[..line.IndexOf(':')], line => Decode(line[(line.IndexOf(':') + 2)..])), text[(end + 4)..]);
    }

    private static string Decode(string value) => Regex.Replace(
        Regex.Replace(value, @"(?<==\?utf-8\?B\?[A-Za-z0-9+/=]+\?=) (?==\?)", ""),
        @"=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=",
        word =>
        {
            Assert.True(word.Length <= 75);
            return Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value));
        });

    [Fact]
    public void A_message_is_what_a_mail_client_reads()
    {
        var (headers, parts) = Read(Eml.Write(Message));
        Assert.Equal(Message.Subject, headers["Subject"]);
        Assert.Equal("茶と器 <山> <news@shop.example>", headers["From"]);
        Assert.Equal("hanako@example.jp", headers["To"]);
        Assert.Equal("info@shop.example", headers["Reply-To"]);
        Assert.Equal($"<{Message.Id}@shop.example>", headers["Message-ID"]);
        Assert.Equal("Sun, 22 Nov 2026 10:00:00 +0900", headers["Date"]);
        Assert.Equal("<https://shop.example/u/token>", headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        Assert.Equal([("text/plain; charset=utf-8", Message.Text), ("text/html; charset=utf-8", Message.Html)], parts);
    }

    [Fact]
    public void A_very_long_line_is_encoded()
    {
        var text = new string('長', 5000);
        Assert.Equal(text, Read(Eml.Write(Message with { Text = text })).Parts[0].Content);
    }

    [Theory]
    [InlineData("Cha, Utsuwa Co.", "\"Cha, Utsuwa Co.\" <news@shop.example>")]
    [InlineData("A \"B\" \\ C.", "\"A \\\"B\\\" \\\\ C.\" <news@shop.example>")]
    [InlineData("Tea", "Tea <news@shop.example>")]
    [InlineData("a\r\nBcc: x@y.jp", "a\r\nBcc: x@y.jp <news@shop.example>")]
    public void A_senders_name_stays_a_name(string name, string expected)
    {
        var (headers, _) = Read(Eml.Write(Message with { From = new("news@shop.example", name) }));
        Assert.Equal(expected, headers["From"]);
        Assert.DoesNotContain("Bcc", headers.Keys);
    }

    [Fact]
    public void A_header_with_a_line_break_is_not_written() =>
        Assert.Throws<FormatException>(() => Eml.Write(Message with { Headers = [new("X-A", "b\r\nBcc: x@y.jp")] }));

    [Fact]
    public async Task The_same_send_is_one_file()
    {
        File.WriteAllText(Path.Combine(folder, ".left.writing"), "cut short");
        var transport = new FolderTransport(folder);
        await transport.Send(Message, default);
        await transport.Send(Message with { Text = "again" }, default);
        await transport.Send(Message with { Id = "00112233445566778899aabb-ffffffffffffffff" }, default);
        Assert.Equal(
            ["20261122T010000.000Z-00112233445566778899aabb-0123456789abcdef.eml", "20261122T010000.000Z-00112233445566778899aabb-ffffffffffffffff.eml"],
            Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Contains("again", File.ReadAllText(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First()), StringComparison.Ordinal);
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
            Recipients = [.. Enumerable.Range(1, 3).Select(n => new BatchRecipient($"00112233445566778899aabb-{n}", $"reader{n}@example.jp", null, 0, []))],
            At = Message.At,
        };
        Assert.IsType<Handover.Accepted>(await new FolderTransport(folder).SendMany(batch, default));
        Assert.Equal(batch.Recipients.Select(recipient => recipient.SendId).Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file).Split('-', 2)[1]).Order(StringComparer.Ordinal).Order(StringComparer.Ordinal));
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
