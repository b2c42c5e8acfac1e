using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;

namespace Automation.Marketing.Intake;

/// <summary>Takes in what people and shops wish of their data: to be forgotten, to be told.</summary>
public sealed class ToldWishes(
    CustomerStore customers, ToldOrders orders, ToldPeople people, Erasure erasure, Requests requests)
{
    /// <summary>Somebody is to be forgotten.</summary>
    public async Task Redact(string source, SourceEvent.CustomerRedact redact)
    {
        await erasure.Finish();
        foreach (var identity in redact.Identities)
            if (await customers.FindByIdentity(identity) is { } stored
                && !ToldPeople.IsSomebodyElse(stored.Value, redact.Identities))
                await erasure.Erase(stored.Value.Id);
        await erasure.ForgetParked(redact.Identities);
        foreach (var id in redact.OrderIds)
            await orders.Import(
                OrderMerging.Fragment(source, id, DateTimeOffset.MinValue) with { Erased = true }, null);
    }

    /// <summary>Somebody asks what is known of them.</summary>
    public async Task Note(string source, SourceEvent.DataRequest request)
    {
        var who = await people.Known(new Buyer { Identities = request.Identities });
        await requests.Note(source, request, who?.Id);
    }

    /// <summary>The shop has left the platform: its data is to be forgotten.</summary>
    public Task Note(string source, SourceEvent.ShopRedact redact) => requests.Note(source, redact);
}
