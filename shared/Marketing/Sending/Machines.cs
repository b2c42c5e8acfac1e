using System.Buffers;

namespace Automation.Marketing.Sending;

/// <summary>Programs that open and click on nobody's behalf. Pure.</summary>
public static class Machines
{
    /// <summary>How long after its delivery nobody has read a mail yet.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(2);

    /// <summary>Two different links within this time are a program following them all.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>What programs call themselves. Gmail's and Yahoo's image proxies are not among them: they fetch when a
    /// person opens.</summary>
    private static readonly SearchValues<string> Given = SearchValues.Create(
        ["bot", "crawler", "spider", "scanner", "barracuda", "mimecast", "proofpoint", "headlesschrome", "phantomjs",
            "python-requests", "python-urllib", "curl/", "wget/", "go-http-client", "okhttp", "java/", "libwww",
            "safelinks"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Does this user agent name a program?</summary>
    public static bool Names(string? userAgent) => userAgent is not null && userAgent.AsSpan().ContainsAny(Given);

    /// <summary>Was a link of a mail clicked by a program that does not say so: before anybody can have read it, or
    /// together with another link?</summary>
    public static bool Clicked(string link, DateTimeOffset at, DateTimeOffset? delivered, IReadOnlyList<LinkClicks> all)
    {
        if (at < delivered + TooSoon) return true;
        foreach (var other in all)
            if (other.Link != link
                && ((other.First - at).Duration() <= AtOnce || (other.Last - at).Duration() <= AtOnce)) return true;
        return false;
    }
}
