using System.Net;
using System.Net.Sockets;

namespace Automation.Benchmarks;

/// <summary>A provider that takes every batch at once (202) and counts the customers in it (<c>r…@</c>; the shop itself
/// is warned of an empty week). Raw sockets, to be cheap.</summary>
internal sealed class IssueSink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private long recipients, calls, bytes;

    public IssueSink()
    {
        listener.Start(512);
        _ = Accept();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    public long Recipients => Interlocked.Read(ref recipients);
    public long Calls => Interlocked.Read(ref calls);
    public long Bytes => Interlocked.Read(ref bytes);

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
        var (buffer, filled, wanted) = (new byte[64 * 1024], 0, 0);
        try
        {
            while (true)
            {
                if (wanted == 0) wanted = Wanted(buffer.AsSpan(0, filled));
                if (wanted > buffer.Length) Array.Resize(ref buffer, wanted);
                if (wanted > 0 && filled >= wanted)
                {
                    Interlocked.Add(ref recipients, buffer.AsSpan(0, wanted).Count("\"email\":\"r"u8));
                    Interlocked.Increment(ref calls);
                    Interlocked.Add(ref bytes, wanted);
                    buffer.AsSpan(wanted, filled - wanted).CopyTo(buffer);
                    (filled, wanted) = (filled - wanted, 0);
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

    /// <summary>Bytes of the request that begins here; 0: its head is not there yet.</summary>
    private static int Wanted(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return 0;
        var at = bytes[..head].IndexOf("Content-Length: "u8);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(bytes[(at + 16)..], out int length, out int _)
            ? head + 4 + length : throw new InvalidDataException("No Content-Length.");
    }

    public void Dispose() => listener.Dispose();
}
