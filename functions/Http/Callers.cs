using System.Net;
using Automation.Marketing.Access;

namespace Automation.Functions.Http;

/// <summary>Who calls, as evidence of a consent. What <c>X-Forwarded-For</c> says is believed of the proxies in front
/// of us (<c>Site:Proxies</c>) alone.</summary>
public static class Callers
{
    public static string? CallerAddress(this HttpContext http) => Plain(http.Connection.RemoteIpAddress)?.ToString();

    /// <summary>Whose key or session this is; null: it was not asked for.</summary>
    public static Caller? Caller(this HttpContext http) => http.Features.Get<Caller>();

    public static void Know(this HttpContext http, Caller caller) => http.Features.Set(caller);

    /// <summary>From here on the connection's address is the caller's.</summary>
    public static RequestDelegate Behind(RequestDelegate next, IReadOnlyList<IPNetwork> proxies) => http =>
    {
        if (http.Request.Headers.TryGetValue("X-Forwarded-For", out var told)
            && http.Connection.RemoteIpAddress is { } remote)
            http.Connection.RemoteIpAddress = Of(remote, told.ToString(), proxies);
        return next(http);
    };

    /// <summary>Each proxy appends whom it was called by: read from the end, the first who is not one of ours is the
    /// caller. What stands before that the caller may have written. Pure.</summary>
    public static IPAddress Of(IPAddress remote, string forwarded, IReadOnlyList<IPNetwork> proxies)
    {
        var caller = Plain(remote)!;
        foreach (var told in forwarded.Split(',').Reverse())
        {
            // Azure's front ends add the port.
            if (!proxies.Any(proxy => proxy.Contains(caller)) || !IPEndPoint.TryParse(told.Trim(), out var end)) break;
            caller = Plain(end.Address)!;
        }
        return caller;
    }

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
