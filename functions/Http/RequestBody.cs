using System.Buffers;
using System.Text.Json;

namespace Automation.Functions.Http;

/// <summary>A request's raw bytes in a pooled buffer; give it back when answered.</summary>
public readonly struct RequestBody : IDisposable
{
    private const int FirstGuess = 8 * 1024;
    private readonly byte[] buffer;
    private readonly int length;

    private RequestBody(byte[] buffer, int length) => (this.buffer, this.length) = (buffer, length);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Larger than what is taken: say 413 without reading it.</summary>
    public static bool IsTooLarge(HttpRequest request) => request.ContentLength > HttpRoutes.LargestBody;

    /// <summary>Reads to the end. What says nothing of its length and turns out too large is a BadHttpRequestException
    /// (413) of the server.</summary>
    public static async ValueTask<RequestBody> Read(HttpRequest request)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(request.ContentLength ?? FirstGuess, 1, 64 * 1024));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                foreach (var part in read.Buffer)
                {
                    if (buffer.Length - length < part.Length) buffer = Grow(buffer, length, length + part.Length);
                    part.CopyTo(buffer.AsMemory(length));
                    length += part.Length;
                }
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return new RequestBody(buffer, length);
            }
        }
        catch (Exception broken)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            // The server says of some frames only that it could not read on.
            if (broken is IOException and not BadHttpRequestException)
                throw new BadHttpRequestException("The body cannot be read to its end.", broken);
            throw;
        }
    }

    /// <summary>What is read from a body of JSON; nothing where it is none, or holds half a character.</summary>
    public static T? Json<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return read(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static byte[] Grow(byte[] buffer, int length, int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 2 * buffer.Length));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
