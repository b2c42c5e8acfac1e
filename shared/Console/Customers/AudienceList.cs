using Automation.Marketing;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;

namespace Automation.Console.Customers;

/// <summary>A newsletter's audience.</summary>
/// <param name="Asks">Its condition; empty: it is for all who agreed.</param>
/// <param name="Size">Null: it is counted in the coming night.</param>
public sealed record AudienceLine(string Id, string Name, string Asks, AudienceSize? Size);

/// <summary>One of them, and a page of those who are in it.</summary>
public sealed record AudienceMembers(AudienceLine Line, Page<Customer> Members);
