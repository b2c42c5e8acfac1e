using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Automation.Benchmarks;

/// <summary>What a load run saw: answers per second and their latencies.</summary>
internal sealed record LoadResult(int Answers, int Failures, TimeSpan Took, IReadOnlyList<double> LatenciesMs)
{
    public double PerSecond => Answers / Took.TotalSeconds;
}

/// <summary>A small HTTP/1.1 load generator on raw sockets: it shares the machine with what it measures, so it must be
/// cheap.</summary>
internal static class Load
{
    /// <summary>Each connection posts, waits for its answer, posts again; until the time is over or the count is
    /// reached.</summary>
    public static async Task<LoadResult> Closed(
        int port, int connections, Func<byte[]> request, TimeSpan time, int most = int.MaxValue)
    {
        var (answers, failures, taken) = (0, 0, 0);
        var latencies = new List<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = await Connection.Open(port);
            var mine = new List<double>();
            while (watch.Elapsed < time && Interlocked.Increment(ref taken) <= most)
            {
                var bytes = request();
                var began = Stopwatch.GetTimestamp();
                var status = await connection.Exchange(bytes);
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Increment(ref status is >= 200 and < 300 ? ref answers : ref failures);
            }
            lock (latencies) latencies.AddRange(mine);
        })));
        return new(answers, failures, watch.Elapsed, latencies);
    }

    /// <summary>Posts at a steady rate, whatever the answers take.</summary>
    public static async Task<LoadResult> Steady(
        int port, int connections, int perSecond, TimeSpan time, Func<byte[]> request)
    {
        var idle = new System.Collections.Concurrent.ConcurrentQueue<Connection>();
        for (var i = 0; i < connections; i++) idle.Enqueue(await Connection.Open(port));
        var (answers, failures) = (0, 0);
        var latencies = new System.Collections.Concurrent.ConcurrentBag<double>();
        var running = new List<Task>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < perSecond * time.TotalSeconds; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / perSecond);
            while (watch.Elapsed < due) await Task.Delay(1);
            if (!idle.TryDequeue(out var connection)) connection = await Connection.Open(port);
            var bytes = request();
            running.Add(Task.Run(async () =>
            {
                var began = Stopwatch.GetTimestamp();
                var status = await connection.Exchange(bytes);
                latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Interlocked.Increment(ref status is >= 200 and < 300 ? ref answers : ref failures);
                idle.Enqueue(connection);
            }));
        }
        await Task.WhenAll(running);
        while (idle.TryDequeue(out var connection)) connection.Dispose();
        return new(answers, failures, watch.Elapsed, [.. latencies]);
    }

    private sealed class Connection(Socket socket) : IDisposable
    {
        private readonly byte[] buffer = new byte[8192];

        public static async Task<Connection> Open(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new(socket);
        }

        public async Task<int> Exchange(byte[] request)
        {
            await socket.SendAsync(request);
            var read = 0;
            while (true)
            {
                var n = await socket.ReceiveAsync(buffer.AsMemory(read));
                if (n == 0) return 0;
                read += n;
                var answer = buffer.AsSpan(0, read);
                var end = answer.IndexOf("\r\n\r\n"u8);
                if (end < 0) continue;
                if (read >= end + 4 + ContentLength(answer[..end]))
                    return (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
            }
        }

        private static int ContentLength(ReadOnlySpan<byte> head)
        {
            var at = head.IndexOf("Content-Length: "u8);
            if (at < 0) return 0;
            _ = System.Buffers.Text.Utf8Parser.TryParse(head[(at + 16)..], out int length, out _);
            return length;
        }

        public void Dispose() => socket.Dispose();
    }
}
