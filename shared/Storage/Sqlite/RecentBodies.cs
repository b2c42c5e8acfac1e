using System.Collections.Concurrent;

namespace Automation.Storage.Sqlite;

/// <summary>What a message carries.</summary>
/// <param name="Inserted">When it was sent, UTC ticks.</param>
internal sealed record MessageBody(long Inserted, byte[] Bytes);

/// <summary>Bodies of messages that were sent a moment ago, so that whoever takes one at once does not look for it in
/// the file. Each is given once; what does not fit, or is taken again, is in the file.</summary>
internal sealed class RecentBodies
{
    private const int MostBytes = 2 << 20;
    private readonly ConcurrentDictionary<long, MessageBody> bodies = new();
    private int bytes;

    /// <summary>Once the message is on disk, and before anybody can take it.</summary>
    public void Keep(long id, MessageBody body)
    {
        if (Interlocked.Add(ref bytes, body.Bytes.Length) > MostBytes)
            Interlocked.Add(ref bytes, -body.Bytes.Length);
        else bodies[id] = body;
    }

    /// <summary>The body, if it is here; from now on it is not.</summary>
    public MessageBody? Take(long id)
    {
        if (!bodies.TryRemove(id, out var body)) return null;
        Interlocked.Add(ref bytes, -body.Bytes.Length);
        return body;
    }
}
