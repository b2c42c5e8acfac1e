using System.Net;
using System.Net.Http.Headers;

namespace Automation.Marketing.Sending;

/// <summary>A request body that knows whether any of it may have left: before that, nothing can have been
/// accepted.</summary>
public sealed class SendGridBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> json;

    public SendGridBody(ReadOnlyMemory<byte> json)
    {
        this.json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    public bool Began { get; private set; }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Began = true;
        await stream.WriteAsync(json, cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }
}
