using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Engagement;

/// <summary>Carries out what keeps the next mail from going out: suppression of an address, withdrawal of its owner's
/// consent. Twice is once.</summary>
public sealed class AddressBlocking(CustomerStore customers, ConsentService consents, Suppressions suppressions)
{
    private const string Channel = "email";

    /// <summary>The address is on the list for good, and whoever has it now is not written to.</summary>
    public async Task Suppress(string address, string reason, DateTimeOffset at)
    {
        var identity = new Identity(Identity.Email, address);
        await suppressions.Add(identity, reason, at);
        if (await customers.FindByIdentity(identity) is not { } owner) return;
        await customers.Change(owner.Value.Id, has => has.Email != address || has.Suppressed.ContainsKey(Channel)
            ? has
            : has with { Suppressed = new Dictionary<string, string>(has.Suppressed) { [Channel] = reason } });
    }

    public Task Withdraw(CustomerId customer, string how, DateTimeOffset at, string? evidence) =>
        consents.Record(customer, Channel, new ConsentRecord(ConsentState.Withdrawn, at, how, evidence));
}
