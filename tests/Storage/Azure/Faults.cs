using System.Net;
using Automation.Storage.Azure;
using Azure.Core.Pipeline;

namespace Automation.Storage.Tests.Azure;

/// <summary>What can happen to a request on its way.</summary>
public enum Fault { RequestLost, AnswerLost, Busy, Throttled, DoneButError, BusyInside }

/// <summary>A network that fails as told, one fault for each of the next requests, and then works.</summary>
public sealed class Faults(HttpMessageHandler network) : DelegatingHandler(network)
{
    private readonly Queue<Fault> next = [];

    /// <summary>Done once, after a request was done and before its answer gets lost.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public List<HttpRequestMessage> Seen { get; } = [];

    public void Next(params Fault[] faults)
    {
        foreach (var fault in faults) next.Enqueue(fault);
    }

    /// <summary>Options of a client that goes through this network and does not wait between tries.</summary>
    public AzureStorageOptions Options() => new()
    {
        Adjust = client =>
        {
            client.Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));
            client.Retry.Delay = client.Retry.MaxDelay = TimeSpan.Zero;
        },
    };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen.Add(request);
        if (!next.TryDequeue(out var fault)) return await base.SendAsync(request, cancellationToken);
        switch (fault)
        {
            case Fault.RequestLost: throw new HttpRequestException("lost on the way there");
            case Fault.Busy: return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            case Fault.Throttled: return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            case Fault.BusyInside:
                return new HttpResponseMessage(HttpStatusCode.Accepted)
                {
                    Content = new StringContent(
                        "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 503 Server "
                        + "Busy\r\n\r\n{\"odata.error\":{\"code\":\"ServerBusy\"}}\r\n--b--")
                };
        }
        var answer = await base.SendAsync(request, cancellationToken);
        answer.Dispose();
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }
        return fault is Fault.AnswerLost ? throw new HttpRequestException("lost on the way back")
            : new HttpResponseMessage(HttpStatusCode.InternalServerError);
    }
}
