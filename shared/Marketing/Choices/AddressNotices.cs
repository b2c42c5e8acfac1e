using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Choices;

/// <summary>Tells a customer's former address that they have another one. What is owed is written with the change
/// itself, and before it that there is somebody to look after: killed anywhere, the notice goes when the button is
/// pressed once more, else with a later look.</summary>
public sealed class AddressNotices(Tables tables, CustomerStore customers, AddressMails mails, TimeProvider time)
{
    private const string Partition = "notice";

    /// <summary>Nobody who is at it takes longer.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(2);

    /// <summary>How often this process looks after what others may have left, and for how long a provider that is busy
    /// is asked.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromHours(1), Longest = TimeSpan.FromDays(1);

    private DateTimeOffset nextLook = DateTimeOffset.MinValue;

    /// <summary>An address is about to be changed; before it is.</summary>
    public async Task<ETag> Promise(CustomerId customer, CancellationToken cancellation) => (await tables.Access.Upsert(
        new Row(Partition, customer.Value) { { "At", time.GetUtcNow() } }, UpdateMode.Replace, cancellation)).ETag;

    /// <summary>The customer with another address: whoever is told of it now is owed that.</summary>
    public Customer Change(Customer has, string email)
    {
        var (now, before) = (time.GetUtcNow(), has.Readdressed?.Untold ?? []);
        // Whom the address belongs to again need not be told.
        string[] untold = [.. before.Append(has.Email).OfType<string>().Distinct().Where(one => one != email)];
        return has with
        {
            Email = email,
            Readdressed = new(has.Email, now)
            {
                Untold = untold.Length == 0 ? null : untold,
                TellFrom = untold.Length == 0 ? null : now + Turn,
            },
        };
    }

    /// <summary>Tells those who are to be told of a change this process has just made.</summary>
    /// <param name="asked">Whose change was promised.</param>
    public async Task Tell(CustomerId asked, ETag promise, Customer changed, CancellationToken cancellation)
    {
        if (await Hand(changed, cancellation)) await Done(asked, promise);
    }

    /// <summary>Tells whom a process that died has left; nothing where somebody is at it.</summary>
    public async Task Resume(CustomerId id, CancellationToken cancellation)
    {
        Customer? mine = null;
        var now = time.GetUtcNow();
        await customers.Change(id, has =>
        {
            mine = has.Readdressed is { Untold: not null, TellFrom: var from } && !(from > now)
                ? has with { Readdressed = has.Readdressed with { TellFrom = now + Turn } } : null;
            return mine ?? has;
        });
        if (mine is not null) await Hand(mine, cancellation);
    }

    /// <summary>Looks after what was left: at a process's first call, then once an hour, and again soon where somebody
    /// may still be at it.</summary>
    public async Task Resume(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // A moment that lies further ahead was reckoned by a clock that was wrong.
        if (now < nextLook && nextLook - now <= Every) return;
        var isOpen = false;
        await foreach (var row in tables.Access.Query(new TableQuery { PartitionKey = Partition }, cancellation))
        {
            var (id, isYoung) = (new CustomerId(row.RowKey), !(row.GetDateTimeOffset("At") < now - Turn));
            if (!isYoung) await Resume(id, cancellation);
            if (isYoung || (await customers.Find(id))?.Value.Readdressed?.Untold is not null) isOpen = true;
            else await Done(id, row.ETag);
        }
        nextLook = isOpen ? now + Turn : now + Every;
    }

    /// <summary>Hands the notices over, then says that they went: killed in between one may go twice, as an order's
    /// mail of which nobody knows, under the same id.</summary>
    /// <returns>Nobody is left to be told.</returns>
    private async Task<bool> Hand(Customer customer, CancellationToken cancellation)
    {
        if (customer is not { Readdressed: { Untold: { } untold } change, Email: { } email }) return true;
        DateTimeOffset? again = null;
        List<string> told = [];
        foreach (var address in untold)
            if (await mails.Tell(customer, address, email, cancellation) is DeliveryResult.Busy busy
                && time.GetUtcNow() - change.At < Longest) again = time.GetUtcNow() + busy.RetryAfter;
            else told.Add(address);
        var after = await customers.Change(customer.Id, has => has.Readdressed is { Untold: { } open } now
            ? has with { Readdressed = Without(now, [.. open.Except(told)], again) } : has);
        return after?.Readdressed?.Untold is null;
    }

    private static AddressChange Without(AddressChange change, string[] untold, DateTimeOffset? again) => change with
    {
        Untold = untold.Length == 0 ? null : untold,
        TellFrom = untold.Length == 0 ? null : again ?? change.TellFrom,
    };

    /// <summary>There is nobody to look after; not where a change was promised meanwhile.</summary>
    private Task<WriteResult> Done(CustomerId id, ETag before) =>
        tables.Access.Delete(Partition, id.Value, before, CancellationToken.None);
}
