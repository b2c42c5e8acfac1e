using Automation.Marketing.Orders;

namespace Automation.Console.Customers;

/// <summary>Who is late, who became a regular, and where the list goes on; null: this was all.</summary>
public sealed record LateList(IReadOnlyList<LateCustomer> Late, IReadOnlyList<FreshRegular> Fresh, int? Next);
