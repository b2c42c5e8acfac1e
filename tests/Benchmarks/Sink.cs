using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Automation.Benchmarks;

/// <summary>A provider that takes every mail at once (202) and notes when which customer's arrived. Raw sockets, to be
/// cheap.</summary>
internal sealed class Sink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int mails;

    public Sink()
    {
        listener.Start(512);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept();
    }

    public int Port { get; }
    public int Mails => Volatile.Read(ref mails);
    public long Bytes;

    /// <summary>When the customer's mail arrived (Stopwatch ticks).</summary>
    public ConcurrentDictionary<long, long> Arrivals { get; } = new();

    private async Task Accept()
    {
        while (true)
        {
            Socket socket;
            try { socket = await listener.AcceptSocketAsync(); }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { return; }
            socket.NoDelay = true;
            _ = Task.Run(() => Serve(socket));
        }
    }

    private async Task Serve(Socket socket)
    {
        using var _ = socket;
        var buffer = new byte[1 << 20];
        var filled = 0;
        try
        {
            while (true)
            {
                if (Take(buffer.AsSpan(0, filled)) is { } taken)
                {
                    buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                    filled -= taken;
                    await socket.SendAsync(
                        "HTTP/1.1 202 Accepted\r\nX-Message-Id: sink\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                    continue;
                }
                var n = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (n == 0) return;
                filled += n;
            }
        }
        catch (SocketException)
        {
            // the client went away
        }
    }

    private int? Take(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        var body = bytes[(head + 4)..];
        int taken;
        var at = bytes[..head].IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            _ = System.Buffers.Text.Utf8Parser.TryParse(bytes[(at + 16)..], out int length, out _);
            if (body.Length < length) return null;
            body = body[..length];
            taken = head + 4 + length;
        }
        else
        {
            var end = body.IndexOf("\r\n0\r\n\r\n"u8);
            if (end < 0) return null;
            taken = head + 4 + end + 7;
        }
        var mail = body.IndexOf("@bench.example"u8);
        if (mail > 12 && System.Buffers.Text.Utf8Parser.TryParse(body[(mail - 12)..mail], out long customer, out _))
            Arrivals[customer] = Stopwatch.GetTimestamp();
        Interlocked.Add(ref Bytes, taken);
        Interlocked.Increment(ref mails);
        return taken;
    }

    public void Dispose() => listener.Dispose();
}
