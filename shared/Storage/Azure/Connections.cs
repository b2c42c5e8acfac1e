using Azure.Core.Pipeline;

namespace Automation.Storage.Azure;

/// <summary>The connections of this process to the storage services: as many as there are calls at a time, kept, renewed when DNS may have changed.</summary>
internal static class Connections
{
    public static HttpPipelineTransport Shared { get; } = new HttpClientTransport(new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        UseCookies = false,
        AllowAutoRedirect = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan });
}
