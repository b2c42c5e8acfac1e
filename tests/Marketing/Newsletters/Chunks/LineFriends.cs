using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>Customers who follow the shop on LINE.</summary>
internal static class LineFriends
{
    /// <summary>The LINE id of a shard's n-th customer.</summary>
    public static string User(int n) => $"U{n:x32}";

    /// <summary>The customer, who follows the shop and agreed to its messages there by that.</summary>
    public static Customer Follows(int n, Customer customer) => customer with
    {
        Identities = [$"line:{User(n)}"],
        Consent = new Dictionary<string, ConsentRecord>(customer.Consent)
        {
            ["line"] = new(ConsentState.Given, Fixtures.Now, "line follow"),
        },
    };
}
