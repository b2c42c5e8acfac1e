using System.Text;

namespace Automation.Marketing.Sending;

/// <summary>How providers are called: by one client each, which follows nobody elsewhere and leaves it to the call how
/// long it waits.</summary>
internal static class ProviderHttp
{
    public static HttpClient Client(int connections = int.MaxValue) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = connections,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
    }, disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The status decides; a body cut short only costs the explanation. Whatever charset it names, it is
    /// UTF-8: SendGrid also says <c>utf8</c>, which is not one.</summary>
    public static async Task<string> Text(HttpContent body, CancellationToken cancellation)
    {
        try
        {
            return Encoding.UTF8.GetString(await body.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return "";
        }
    }
}
