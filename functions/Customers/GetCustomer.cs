using Automation.Functions.Hosting;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>What we know about a customer.</summary>
public sealed class GetCustomer(CustomerStore customers, TimeProvider time)
{
    public async Task Run(HttpContext http)
    {
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) await http.NoSuchCustomer();
        else await http.Ok(json => json.Write(stored.Value, time.GetUtcNow()));
    }
}
