using System.Net;
using System.Net.Sockets;

namespace Automation.Marketing.Journeys;

/// <summary>Addresses of the public internet, as against one's own machine and network (RFC 6890, IANA's registries of
/// special purposes). Pure.</summary>
public static class PublicAddresses
{
    /// <summary>Loopback, private, shared, link-local, documentation, benchmarking, multicast, reserved; and Azure's
    /// 168.63.129.16, which speaks to every virtual machine from within.</summary>
    private static readonly IPNetwork[] Special =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Of IPv6 only what is given out (2000::/3) is public. Within it are ways to write IPv4 (6to4, Teredo),
    /// protocols of their own and documentation; outside it NAT64 (64:ff9b::/96) and <c>::127.0.0.1</c>.</summary>
    private static readonly IPNetwork[] SpecialWithin =
        [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"]).Select(network =>
            IPNetwork.Parse(network))];

    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Special, network => network.Contains(address))
            : GivenOut.Contains(address) && !Array.Exists(SpecialWithin, network => network.Contains(address));
    }

    /// <summary>Can a host of this name be outside? Not an address in another dress, not this machine.</summary>
    public static bool MayHold(string host)
    {
        var name = host.TrimEnd('.');
        return !name.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(name, out _)
            && !name.EndsWith(".local", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(
                ".internal", StringComparison.OrdinalIgnoreCase)
            && name.Length > 0 && !char.IsAsciiDigit(name[^1]);
    }
}
