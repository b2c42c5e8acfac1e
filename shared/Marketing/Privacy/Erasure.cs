using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>Forgets a person: profile, identities, enrollments, sends, engagement, evidence and parked bodies go. What
/// stays: a salted hash of the address, so that nobody writes to it again; orders without anybody; that consents were
/// said, by nobody; what was counted. Cut short anywhere, calling it again finishes.</summary>
public sealed class Erasure(
    Tables tables, CustomerStore customers, ErasureBegin begin, ErasureEnd end, ParkedTraces parked)
{
    private const string Begun = "erasing";

    /// <summary>False where there is no such customer.</summary>
    /// <param name="suppress">False: the person may be written to again, should they come back (the shop's data goes,
    /// not the person).</param>
    public async Task<bool> Erase(CustomerId id, bool suppress = true)
    {
        if (await customers.Find(id) is not { } stored) return false;
        id = stored.Value.Id;
        await tables.Attention.Upsert(new Row(
            Begun, id.Value) { { "Reason", "an erasure has begun" }, { "Suppress", suppress } });
        while (!await Forget(id, suppress)) { }
        await tables.Attention.Delete(Begun, id.Value);
        return true;
    }

    /// <summary>Ends erasures that were cut short.</summary>
    public async Task Finish()
    {
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = Begun }))
            await Erase(new CustomerId(row.RowKey), row.GetBoolean("Suppress") ?? true);
    }

    /// <summary>Webhooks set aside that speak of somebody, customer or not.</summary>
    public Task ForgetParked(IReadOnlyCollection<Identity> identities) =>
        parked.Forget([.. identities.Select(identity => identity.ToString())]);

    /// <summary>False where somebody else wrote in between, or there is a second half to do.</summary>
    private async Task<bool> Forget(CustomerId id, bool suppress)
    {
        if (await customers.Find(id) is not { } stored) return true;
        if (stored.Value.ErasedAt is not null) return await end.Do(stored);
        await begin.Do(stored, suppress);
        return false;
    }
}
