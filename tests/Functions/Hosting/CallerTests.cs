using System.Net;
using Automation.Functions.Http;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The address kept as evidence of a consent is the caller's, not one that the caller wrote.</summary>
public sealed class CallerTests
{
    [Theory]
    [InlineData("loopback", "127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("loopback", "::1", "203.0.113.7:4711", "203.0.113.7")]
    [InlineData("loopback", "::ffff:127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("loopback", "198.51.100.9", "203.0.113.7", "198.51.100.9")]
    [InlineData("loopback", "127.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7")]
    [InlineData("loopback, 10.0.0.0/8", "127.0.0.1", "1.2.3.4, 203.0.113.7, 10.0.0.4", "203.0.113.7")]
    [InlineData("10.0.0.4", "10.0.0.4", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.4", "10.0.0.5", "203.0.113.7", "10.0.0.5")]
    [InlineData("none", "127.0.0.1", "203.0.113.7", "127.0.0.1")]
    [InlineData("loopback", "127.0.0.1", "unknown", "127.0.0.1")]
    [InlineData("loopback", "127.0.0.1", "", "127.0.0.1")]
    public void What_a_request_says_of_its_way_is_believed_of_ones_own_proxies_alone(
        string configured, string remote, string forwarded, string caller)
    {
        List<string> problems = [];
        var proxies = ProxyReader.Read(configured, problems);
        Assert.Empty(problems);
        Assert.Equal(caller, Callers.Of(IPAddress.Parse(remote), forwarded, proxies).ToString());
    }
}
