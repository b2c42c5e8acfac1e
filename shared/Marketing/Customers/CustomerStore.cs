using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Customers;

/// <summary>A customer as just written, and as they were before; null: this very call wrote the row for the first
/// time.</summary>
public sealed record Recognised(Customer Customer, Customer? Before)
{
    public bool IsNew => Before is null;
}

/// <summary>Customers and their identities. An identity is claimed before the row it points to is written: whoever
/// finds one that points to nothing goes on with the id it names, so a kill in between heals at the next try.</summary>
public sealed class CustomerStore(Tables tables, Suppressions suppressions, TimeProvider time)
{
    /// <summary>The customer of this id, or whom that one was merged into.</summary>
    public async ValueTask<Stored<Customer>?> Find(CustomerId id)
    {
        while (await tables.Customers.Find(id.Shard, id.Value) is { } row)
        {
            var stored = CustomerJson.Read(row);
            if (stored.Value.MergedInto is not { } into) return stored;
            id = into;
        }
        return null;
    }

    public async ValueTask<Stored<Customer>?> FindByIdentity(Identity identity) =>
        await Claimed(identity.ToString()) is { } id ? await Find(id) : null;

    /// <summary>False where somebody else wrote in between: read again.</summary>
    public async Task<bool> Save(Customer customer, ETag ifMatch) =>
        (await tables.Customers.Update(CustomerJson.Row(customer), ifMatch, UpdateMode.Replace)).Done;

    /// <summary>Changes the customer, again where somebody else wrote in between; null where there is none, or erased.
    /// Same reference back: nothing is written.</summary>
    public async Task<Customer?> Change(CustomerId id, Func<Customer, Customer> change)
    {
        while (true)
        {
            if (await Find(id) is not { Value.ErasedAt: null } stored) return null;
            var changed = change(stored.Value);
            if (ReferenceEquals(changed, stored.Value) || await Save(changed, stored.ETag)) return changed;
        }
    }

    /// <summary>All customers of a shard (null: of the shop, a thousand to a request), those merged away or erased left
    /// out.</summary>
    public async IAsyncEnumerable<Stored<Customer>> InShard(string? shard)
    {
        await foreach (var row in tables.Customers.Query(new TableQuery { PartitionKey = shard }))
            if (CustomerJson.Read(row) is { Value: { MergedInto: null, ErasedAt: null } } stored) yield return stored;
    }

    /// <summary>The one customer these identities belong to (<see cref="Recognition"/>), made where nobody has them,
    /// merged where they connect an account and somebody known by an address alone; changed and written. Null where
    /// <paramref name="known"/> was erased. A new one costs a read and an insert per identity and one insert; one whose
    /// identities are known a read, a read and a write.</summary>
    /// <param name="createdBy">What made it known, should it be new.</param>
    /// <param name="known">Whose it is, where that is known already.</param>
    public async Task<Recognised?> Recognise(
        Buyer buyer, string createdBy, Func<Customer, Customer> change, CustomerId? known = null)
    {
        while (true)
        {
            var found = known is { } id ? await Find(id) : null;
            if (known is not null && found is null or { Value.ErasedAt: not null }) return null;
            var claim = await Look(buyer, found);
            if (claim.Left.Count > 0)
            {
                foreach (var (identity, holder) in claim.Left) await Leave(identity, holder);
                continue;
            }
            var told = Recognition.Without(buyer, claim.Foreign);
            if (claim.Others.Count > 0)
            {
                await Merge([.. claim.Others, .. claim.Found is { } one ? [one] : Array.Empty<Stored<Customer>>()]);
                continue;
            }
            var customerId = claim.Found?.Value.Id ?? claim.Promised ?? CustomerId.New(time.GetUtcNow());
            if (claim.Found is not { } stored)
            {
                var created = change(Profiles.Apply(
                    new Customer { Id = customerId, CreatedAt = time.GetUtcNow(), CreatedBy = createdBy }, told));
                created = await Suppress(created);
                if (await Write(claim.Free, customerId, new(RowActionKind.Add, CustomerJson.Row(created))))
                    return new Recognised(created, null);
                continue;
            }
            var changed = change(Profiles.Apply(stored.Value, told));
            if (changed.Email != stored.Value.Email) changed = await Suppress(changed);
            if (await Write(claim.Free, customerId, new(RowActionKind.UpdateReplace, CustomerJson.Row(changed),
                stored.ETag))) return new Recognised(changed, stored.Value);
        }
    }

    /// <summary>An address nobody may write to any more stays so whoever has it; another address of the same customer
    /// may be written to.</summary>
    private async ValueTask<Customer> Suppress(Customer customer)
    {
        var reason = customer.Email is { } email ? await suppressions.Find(new Identity(Identity.Email, email)) : null;
        if (reason == customer.Suppressed.GetValueOrDefault("email")) return customer;
        var suppressed = new Dictionary<string, string>(customer.Suppressed);
        if (reason is null) suppressed.Remove("email");
        else suppressed["email"] = reason;
        return customer with { Suppressed = suppressed };
    }

    /// <summary>Points an identity row elsewhere, whoever had it.</summary>
    private Task<WriteResult> Point(string identity, CustomerId to) =>
        tables.Identities.Upsert(IdentityRow(identity, to), UpdateMode.Replace);

    /// <summary>The row of exactly this id, pointer or not.</summary>
    internal async ValueTask<Stored<Customer>?> Row(CustomerId id) =>
        await tables.Customers.Find(id.Shard, id.Value) is { } row ? CustomerJson.Read(row) : null;

    internal Task Release(string identity) => tables.Identities.Delete(Keys.Shard(identity), IdentityKey(identity));

    /// <summary>Claims, then the customer's row; false where somebody was faster anywhere: look again.</summary>
    private Task<bool> Write(List<string> free, CustomerId id, RowAction customer) => tables.WriteInOrder(
        [.. free.Select(identity => new TableWrite(
            tables.Identities, new(RowActionKind.Add, IdentityRow(identity, id)))), new(tables.Customers, customer)]);

    private sealed class Looked
    {
        public Stored<Customer>? Found { get; set; }
        public CustomerId? Promised { get; set; }
        public List<Stored<Customer>> Others { get; } = [];
        public List<string> Free { get; } = [];

        /// <summary>Somebody else's, or the order's alone.</summary>
        public List<Identity> Foreign { get; } = [];

        /// <summary>Still held by somebody who has them no longer.</summary>
        public List<(Identity Identity, CustomerId Holder)> Left { get; } = [];
    }

    /// <summary>Ids first: whom they name decides whose the addresses are.</summary>
    private async Task<Looked> Look(Buyer buyer, Stored<Customer>? found)
    {
        var looked = new Looked { Found = found };
        var ordered = buyer.Identities
            .OrderBy(identity => !Identity.IsName(identity))
            .ThenBy(identity => identity.ToString(), StringComparer.Ordinal);
        foreach (var identity in ordered) await Look(identity, buyer, looked);
        // All claim in one order, so that two who meet at the first identity do not each hold half of them.
        looked.Free.Sort(StringComparer.Ordinal);
        if (looked.Promised is { } orphan && (looked.Found ?? looked.Others.FirstOrDefault()) is not null)
            looked.Others.Add(await AddEmpty(orphan, null));
        return looked;
    }

    private async Task Look(Identity identity, Buyer buyer, Looked looked)
    {
        var (text, found) = (identity.ToString(), looked.Found?.Value);
        if (found?.Identities.Contains(text) == true) return;
        if (Recognition.IsOrdersOnly(identity, buyer, found)
            || Identity.IsName(identity)
                && Recognition.IsForeign(identity, buyer, found, null)) looked.Foreign.Add(identity);
        else if (await Claimed(text) is not { } id) looked.Free.Add(text);
        else if (await Find(id) is not { } stored)
        {
            if (looked.Promised is null || looked.Promised == id) looked.Promised = id;
            else looked.Found = await AddEmpty(id, text);
        }
        else if (stored.Value.ErasedAt is not null)
        {
            await Release(text);
            looked.Free.Add(text);
        }
        else if (found?.Id == stored.Value.Id) return;
        else if (Recognition.IsForeign(identity, buyer, found, stored.Value))
        {
            if (Recognition.IsLeft(identity, buyer, stored.Value)) looked.Left.Add((identity, stored.Value.Id));
            else looked.Foreign.Add(identity);
        }
        else if (found is null) looked.Found = stored;
        else looked.Others.Add(stored);
    }

    /// <summary>It is not this customer's any more, and nobody's.</summary>
    internal Task Part(CustomerId holder, Identity identity) => Leave(identity, holder);

    /// <summary>Takes an identity from whoever has it no longer: off their list first, so that a kill in between leaves
    /// a claim that is nobody's.</summary>
    private async Task Leave(Identity identity, CustomerId holder)
    {
        var text = identity.ToString();
        await Change(holder, has => !has.Identities.Contains(text)
            || identity.Kind == Identity.Email && has.Email == identity.Value
            ? has : has with { Identities = [.. has.Identities.Where(known => known != text)] });
        if (await Find(holder) is not { } now || !now.Value.Identities.Contains(text)) await Release(text);
    }

    /// <summary>Two unkept promises: the second becomes a row of its own, to be merged like any other.</summary>
    private async Task<Stored<Customer>> AddEmpty(CustomerId id, string? identity)
    {
        var empty =
            new Customer { Id = id, CreatedAt = time.GetUtcNow(), Identities = identity is null ? [] : [identity] };
        await tables.Customers.Add(CustomerJson.Row(empty));
        return await Find(id) ?? throw new InvalidOperationException($"Customer {id} vanished while being merged.");
    }

    /// <summary>The oldest wins. First the winner takes in what the loser knows, then the loser points to it (only if
    /// unchanged since), then the identities follow and last they are the winner's: cut short anywhere, the next one
    /// who meets both identities finishes it.</summary>
    private async Task Merge(IReadOnlyList<Stored<Customer>> people)
    {
        var ordered = people.OrderBy(one => one.Value.CreatedAt)
            .ThenBy(one => one.Value.Id.Value, StringComparer.Ordinal).ToArray();
        var (winner, loser) = (ordered[0], ordered[1]);
        if (winner.Value.Id == loser.Value.Id) return;
        var united = Profiles.Unite(winner.Value, loser.Value);
        if (!await Save(united with { Identities = winner.Value.Identities }, winner.ETag)) return;
        // The pointer keeps its identities, so that an erasure finds them should the rest not come to pass.
        var pointer = new Customer
        {
            Id = loser.Value.Id,
            CreatedAt = loser.Value.CreatedAt,
            MergedInto = winner.Value.Id,
            Identities = loser.Value.Identities
        };
        if (!await Save(pointer, loser.ETag)) return;
        foreach (var identity in loser.Value.Identities) await Point(identity, winner.Value.Id);
        await Change(
            winner.Value.Id, has => has with { Identities = [.. has.Identities.Union(loser.Value.Identities)] });
    }

    private async ValueTask<CustomerId?> Claimed(string identity) =>
        (await tables.Identities.Find(Keys.Shard(identity), IdentityKey(identity)))?.GetString("CustomerId") is { } id
            ? new CustomerId(id) : null;

    private static Row IdentityRow(string identity, CustomerId id) =>
        new(Keys.Shard(identity), IdentityKey(identity)) { { "CustomerId", id.Value } };

    private static string IdentityKey(string identity)
    {
        var colon = identity.IndexOf(':');
        return $"{identity[..colon]}:{Keys.Safe(identity[(colon + 1)..])}";
    }
}
