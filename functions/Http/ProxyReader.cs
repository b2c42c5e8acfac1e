using System.Net;

namespace Automation.Functions.Http;

/// <summary><c>Site:Proxies</c>: addresses and networks, separated by commas; <c>loopback</c> (where left out),
/// <c>none</c>.</summary>
public static class ProxyReader
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    public static IReadOnlyList<IPNetwork> Read(string? text, List<string> problems)
    {
        List<IPNetwork> proxies = [];
        foreach (var word in (text
            ?? "loopback").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "none") continue;
            if (word == "loopback") proxies.AddRange(Loopback);
            else if (IPNetwork.TryParse(word, out var network)) proxies.Add(network);
            else if (IPAddress.TryParse(word, out var address)) proxies.Add(new(
                address, address.GetAddressBytes().Length * 8));
            else problems.Add(
                $"Site:Proxies names '{word}'; it must be addresses or networks such as \"10.0.0.4, 10.1.0.0/16\", "
                + $"loopback or none.");
        }
        return proxies;
    }
}
