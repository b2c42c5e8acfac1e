using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing;
using Automation.Marketing.Engagement;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Automation.Storage.Sqlite;

namespace Automation.Benchmarks;

/// <summary>Sends of as many customers, and what SendGrid says became of them: four events each, in the order of time,
/// signed, 1,500 to a batch.</summary>
internal sealed class EventMail(int sends)
{
    public const int PerBatch = 1_500;
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly DateTimeOffset Sent = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private readonly string[] ids = [.. Enumerable.Range(0, sends).Select(n => Ledger.Id(Customer(n), Reason(n)))];

    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    private static CustomerId Customer(int n) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{n}")).AsSpan(0, 12)));
    private static string Reason(int n) => $"{new EnrollmentId(Customer(n), "bench", "0001")}@0";

    /// <summary>Writes the customers and their sends into the data folder of a product that has not started
    /// yet.</summary>
    public async Task Seed(string folder)
    {
        Directory.CreateDirectory(folder);
        using var database = SqliteDatabase.Open(Path.Combine(folder, "automation.db"), new() { Durable = false });
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        await Parallel.ForAsync(0, sends, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (n, _) =>
        {
            var customer = new Customer { Id = Customer(n), CreatedAt = Sent, Email = $"customer{n}@bench.example" };
            await tables.Customers.Add(CustomerJson.Row(customer), CancellationToken.None);
            var send = new Send
            {
                Id = ids[n],
                Customer = customer.Id,
                Mail = "welcome/thank-you",
                Purpose = Purpose.Marketing,
                For = Reason(n),
                State = SendState.Accepted,
                At = Sent
            };
            await tables.Timeline.Submit([Ledger.Write(send, null, null)], CancellationToken.None);
        });
    }

    /// <summary>Bodies of all batches.</summary>
    public byte[][] Bodies() => [.. Enumerable.Range(0, 4 * sends).Select(n => Event(n % sends, n / sends))
        .Chunk(PerBatch).Select(events => Encoding.UTF8.GetBytes($"[{string.Join(",\r\n", events)}]\r\n"))];

    /// <summary>Whole requests.</summary>
    public static byte[][] Requests(byte[][] bodies, int port) => [.. bodies.Select(body => Request(body, port))];

    /// <summary>Sends whose whole story is there.</summary>
    public async Task<int> Complete(string folder)
    {
        using var database = SqliteDatabase.Open(Path.Combine(folder, "automation.db"));
        var store = new EngagementStore(new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System)));
        var complete = 0;
        for (var n = 0; n < sends; n++)
            if (await store.Find(ids[n]) is { Value: { ProcessedAt: not null, DeliveredAt: not null } story }
                && (n % 3 == 0 ? story.MachineOpenedAt : story.OpenedAt) is not null
                && (n % 5 != 0 || story.ClickedAt is not null)) complete++;
        return complete;
    }

    private string Event(int n, int round)
    {
        var (kind, seconds, more) = round switch
        {
            0 => ("processed", 1, "\"smtp-id\":\"<14c5d75ce93.dfd.64b469@ismtpd-555>\""),
            1 => ("delivered", 3,
                "\"response\":\"250 2.0.0 OK 1513299569 q4si1218931pgc.432 - gsmtp\",\"ip\":\"203.0.113.7\",\"tls\":1"),
            2 => ("open", 600,
                $"\"sg_machine_open\":{(n % 3 == 0 ? "true" : "false")},\"useragent\":\"Mozilla/5.0 (Windows NT 10.0; "
                + $"Win64; x64) AppleWebKit/537.36\",\"ip\":\"203.0.113.9\""),
            _ when n % 5 == 0 => ("click", 700,
                "\"url\":\"https://shop.example/products/deep-steamed-sencha?utm_source=mail\","
                + "\"useragent\":\"Mozilla/5.0 (iPhone)\",\"ip\":\"203.0.113.9\""),
            _ => ("open", 900,
                $"\"sg_machine_open\":{(n % 3 == 0 ? "true" : "false")},\"useragent\":\"Mozilla/5.0 (Windows NT 10.0; "
                + $"Win64; x64) AppleWebKit/537.36\",\"ip\":\"203.0.113.9\""),
        };
        return $"{{\"email\":\"customer{n}@bench.example\",\"timestamp\":"
            + $"{Sent.ToUnixTimeSeconds() + seconds},\"event\":\""
            + $"{kind}\",\"category\":[\"welcome/thank-you\",\"marketing\"],"
            + $"\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA"
            + $"{n}\",\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-"
            + $"{n}.0\",\"send_id\":\"{ids[n]}\",{more}}}";
    }

    private static byte[] Request(byte[] body, int port)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(Key.SignData([.. Encoding.ASCII.GetBytes(timestamp), .. body],
            HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        var head = Encoding.ASCII.GetBytes(
            $"POST /webhooks/sendgrid HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: "
            + $"application/json\r\n{SendGridSignature.TimestampHeader}: "
            + $"{timestamp}\r\n{SendGridSignature.SignatureHeader}: {signature}\r\nContent-Length: "
            + $"{body.Length}\r\n\r\n");
        return [.. head, .. body];
    }
}
