using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Automation.Marketing.Tests.Sending;

/// <summary>What the sink does with a request.</summary>
internal enum SinkDoes { Answer, CutBeforeReading, CutAfterReading, CutWhileAnswering, StaySilent }

/// <summary>SendGrid on a local port, over bare TCP so that it can also cut connections and keep silent.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private int requests;

    public Sink()
    {
        listener.Start();
        accepting = Accept();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>By the request's number from 0.</summary>
    public Func<int, (SinkDoes Does, int Status, string Headers, string Body)> Script { get; set; } = _ => (
        SinkDoes.Answer, 202, "X-Message-Id: abc\r\n", "");

    /// <summary>Bodies read to the end.</summary>
    public ConcurrentQueue<JsonElement> Received { get; } = new();

    /// <summary>Bodies answered 202.</summary>
    public ConcurrentQueue<JsonElement> Accepted { get; } = new();
    public ConcurrentQueue<string> Heads { get; } = new();
    public int Requests => requests;

    private async Task Accept()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                _ = Serve(await listener.AcceptTcpClientAsync(stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            while (await Head(stream) is { } head)
            {
                var number = Interlocked.Increment(ref requests) - 1;
                var (does, status, headers, body) = Script(number);
                Heads.Enqueue(head);
                if (does == SinkDoes.CutBeforeReading)
                {
                    client.Client.LingerState = new LingerOption(true, 0);
                    return;
                }
                var length = int.Parse(
                    head.Split("Content-Length: ")[1].Split("\r\n")[0], CultureInfo.InvariantCulture);
                var bytes = new byte[length];
                await stream.ReadExactlyAsync(bytes, stopping.Token);
                Received.Enqueue(JsonElement.Parse(bytes));
                if (does == SinkDoes.CutAfterReading) return;
                // ends when the client gives up
                if (does == SinkDoes.StaySilent) await stream.ReadExactlyAsync(new byte[1], stopping.Token);
                if (status == 202) Accepted.Enqueue(JsonElement.Parse(bytes));
                var announced = Encoding.UTF8.GetByteCount(body) + (does == SinkDoes.CutWhileAnswering ? 1000 : 0);
                var answer = $"HTTP/1.1 {status} X\r\nContent-Length: {announced}\r\n{headers}\r\n{body}";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stopping.Token);
                if (does == SinkDoes.CutWhileAnswering) return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<string?> Head(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stopping.Token) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString();
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Stop();
        stopping.Dispose();
    }
}
