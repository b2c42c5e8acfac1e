using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Customers;

/// <summary>Forgets a person.</summary>
public sealed class EraseCustomer(Erasure erasure, EventHandling handling)
{
    public async Task Run(HttpContext http)
    {
        if (http.CustomerId() is { } id && await erasure.Erase(id, handling)) http.Empty(StatusCodes.Status204NoContent);
        else await http.NoSuchCustomer();
    }
}
