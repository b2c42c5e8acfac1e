using System.Net;
using System.Net.Sockets;
using System.Text;
using Automation.Marketing;

namespace Automation.Functions.Tests.Hosting;

public sealed class FuzzTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const int Requests = 10_000;
    private static readonly string[] Paths = ["/webhooks/orders/shopify", "/webhooks/orders/woo",
        "/webhooks/orders/generic", "/webhooks/orders/nobody", "/webhooks/orders/", "/webhooks/sendgrid", "/api/events",
        "/api/customers/x", "/u/x", "/%00", "/webhooks/orders/%2e%2e"];
    private static readonly string[] Methods = ["POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "PATCH", "HEAD",
        "post", "BREW"];

    [Fact]
    public async Task Ten_thousand_bad_requests_are_refused_and_leave_nothing_behind()
    {
        var before = await shop.RowsOnceCounted();
        var answers = new int[600];
        await Parallel.ForEachAsync(Enumerable.Range(0, 16), async (worker, cancellation) =>
        {
            var random = new Random(worker);
            for (var n = worker; n < Requests; n += 16)
            {
                var status = await Exchange(Make(random), cancellation);
                Assert.True(status is 0 or (>= 400 and < 500), $"worker {worker}, request {n}: {status}");
                Interlocked.Increment(ref answers[status]);
            }
        });
        await shop.Idle();
        // What stays is that they came: a row for each source and reason, however many.
        var said = await shop.Product.Get<Tables>().Attention
            .Query(new() { PartitionKey = Marketing.Inbox.Refusals.Partition })
            .CountAsync();
        Assert.InRange(said, 1, 6);
        Assert.InRange(shop.Rows() - said, 0, before);
        Assert.True(answers[401] > 500 && answers[404] > 500 && answers[400] > 200 && answers[413] > 50 && answers[405]
            > 200, string.Join(", ", answers.Select((count, status) => (count, status)).Where(a => a.count > 0)));
        using var still = await shop.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    /// <summary>A request that must not be accepted; of some, the sender breaks off in the middle (Ends is
    /// false).</summary>
    private static (byte[] Bytes, bool Ends) Make(Random random)
    {
        var method = Methods[random.Next(Methods.Length)];
        var path = Paths[random.Next(Paths.Length)];
        if (path.StartsWith("/u/", StringComparison.Ordinal) && method is "GET" or "HEAD") method = "PUT";
        var body = Body(random);
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: x\r\n");
        var length = $"{body.Length}";
        switch (random.Next(12))
        {
            case 0: length = "2097153"; break;
            case 1: length = "99999999999999999999"; break;
            case 2: length = "-1"; break;
            case 3: head.Append("X-Broken Header\r\n"); break;
            case 4: head.Append($"X-Long: {new string('x', 40_000)}\r\n"); break;
            default: break;
        }
        if (random.Next(2) == 0) head.Append("Content-Type: application/json\r\n");
        if (random.Next(2) == 0) head.Append("X-Shopify-Topic: orders/create\r\n");
        switch (random.Next(4))
        {
            case 0: head.Append($"X-Shopify-Hmac-Sha256: {Convert.ToBase64String(Random32(random))}\r\n"); break;
            case 1: head.Append($"X-Signature: sha256={Convert.ToHexStringLower(Random32(random))}\r\n"); break;
            case 2: head.Append("X-WC-Webhook-Signature: not-base64!\r\nX-Signature: sha256=\r\n"); break;
            default: break;
        }
        head.Append($"Content-Length: {length}\r\n\r\n");
        byte[] bytes = [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
        return random.Next(10) > 0 ? (bytes, length == $"{body.Length}")
            : (bytes[..random.Next(1, bytes.Length)], false);
    }

    private static byte[] Body(Random random)
    {
        var body = new byte[random.Next(8) == 0 ? random.Next(0, 20_000) : random.Next(0, 400)];
        random.NextBytes(body);
        if (random.Next(2) == 0) "{\"id\":1,\"email\":\"a@b.jp\""u8[..Math.Min(body.Length, 24)].CopyTo(body);
        return body;
    }

    private static byte[] Random32(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Sends, and hears the status; 0 where the server hung up without one.</summary>
    private async Task<int> Exchange((byte[] Bytes, bool Ends) request, CancellationToken cancellation)
    {
        using var socket = new Socket(
            AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, shop.Address.Port, cancellation);
        try
        {
            await socket.SendAsync(request.Bytes, cancellation);
            if (!request.Ends) socket.Shutdown(SocketShutdown.Send);   // or the server would wait for the rest
            var buffer = new byte[4096];
            var length = await socket.ReceiveAsync(buffer, cancellation);
            return length < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), null);
        }
        catch (SocketException)
        {
            return 0;   // hung up while the rest was being sent
        }
    }
}
