using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>Carries out <c>call</c> steps: POST of a small JSON to an https address on the shop's allow-list, never
/// into a private network, without redirects. At least once; <c>Idempotency-Key</c> is the same each time. A call that
/// fails does not stop the journey.</summary>
public sealed class Calls(MarketingOptions options) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ConnectCallback = ConnectToPublicAddress,
    })
    { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>Makes the call and says in words what came of it.</summary>
    public async Task<string> Make(
        Step.Call call, Enrollment enrollment, Situation situation, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(call.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
            return $"did not call {call.Url}: only https addresses are called";
        if (!situation.Shop.CallHosts.Contains(url.IdnHost, StringComparer.OrdinalIgnoreCase))
            return $"did not call {url.Host}: it is not among callHosts in shop.json";
        if (!options.MakesCalls) return $"called {url.Host}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Body(call, enrollment) };
        request.Headers.Add("Idempotency-Key", enrollment.Reason);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? $"called {url.Host}"
                : $"called {url.Host}: it answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException
            && !cancellation.IsCancellationRequested)
        {
            return $"could not call {url.Host}: {e.Message}";
        }
    }

    private static ByteArrayContent Body(Step.Call call, Enrollment enrollment)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("customer", enrollment.Id.Customer.Value);
            json.WriteString("journey", enrollment.Id.Journey);
            json.WriteString("enrollment", enrollment.Id.ToString());
            json.WriteString("step", enrollment.Walk.Cursor);
            foreach (var (name, value) in call.Body ?? new Dictionary<string, JsonElement>())
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return new ByteArrayContent(
            buffer.ToArray())
        { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    private static async ValueTask<Stream> ConnectToPublicAddress(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var address = Array.Find(addresses, PublicAddresses.Contain)
            ?? throw new HttpRequestException($"{context.DnsEndPoint.Host} is not a public address");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => http.Dispose();
}
