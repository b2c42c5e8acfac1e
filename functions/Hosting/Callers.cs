using System.Net;

namespace Automation.Functions.Hosting;

/// <summary>Who calls, as evidence of a consent: the address the proxies in front of us name first, else the connection's.</summary>
public static class Callers
{
    public static string? Caller(this HttpContext http)
    {
        var told = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0].Trim();
        // Azure's front ends add the port.
        return IPEndPoint.TryParse(told, out var end) ? end.Address.ToString() : http.Connection.RemoteIpAddress?.ToString();
    }
}
