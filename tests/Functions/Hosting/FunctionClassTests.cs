using System.Reflection;
using Automation.Functions.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Tests.Hosting;

public sealed class FunctionClassTests
{
    /// <summary>The worker makes a function's class anew for each call, the local host once: what is to last longer
    /// than a call is a service.</summary>
    [Fact]
    public void A_function_keeps_nothing_but_the_services_it_is_given()
    {
        var functions = typeof(OrderWebhook).Assembly.GetTypes().Where(type => type
            .GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute)))).ToList();
        Assert.True(functions.Count > 50);
        Assert.All(functions, type => Assert.All(
            type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            field => Assert.Matches("^<\\w+>P$", field.Name)));
    }
}
