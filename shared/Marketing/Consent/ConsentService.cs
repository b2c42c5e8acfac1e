using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Consent;

/// <summary>Consents given and withdrawn: the customer's row says what holds, the timeline keeps every saying (特定電子メール法
/// art. 3-2). The log's row is written last: as long as it is missing, the saying is told again.</summary>
public sealed class ConsentService(Tables tables, CustomerStore customers, IShopEvents events, TimeProvider time)
{
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(5);

    /// <summary>Records what the customer said; the latest saying holds, an older one is only logged. Twice the same is
    /// once. The customer as written, or null where there is none.</summary>
    public Task<Customer?> Record(CustomerId id, string channel, ConsentRecord said) =>
        Record(id, channel, said, events);

    /// <summary>The same from a file of the past: nothing follows from it.</summary>
    public Task<Customer?> Import(CustomerId id, string channel, ConsentRecord said) =>
        Record(id, channel, said, NoEvents.Instance);

    private async Task<Customer?> Record(CustomerId id, string channel, ConsentRecord said, IShopEvents events)
    {
        var customer = await customers.Change(id, has => Say(has.Consent, channel, said) is var consent
            && ReferenceEquals(consent, has.Consent) ? has : has with { Consent = consent });
        if (customer is not null)
            await Log(customer, new Dictionary<string, ConsentRecord> { [channel] = said }, events);
        return customer;
    }

    /// <summary>What was said at a moment that has not come was said while the clock was ahead: it does not outlast
    /// what is said just now.</summary>
    private IReadOnlyDictionary<string, ConsentRecord> Say(
        IReadOnlyDictionary<string, ConsentRecord> consent, string channel, ConsentRecord said)
    {
        var now = time.GetUtcNow();
        var isAhead = consent.TryGetValue(channel, out var known) && ClockJumps.IsAhead(known.At, now)
            && (now - said.At).Duration() <= JustNow;
        return isAhead ? new Dictionary<string, ConsentRecord>(consent) { [channel] = said }
            : Profiles.Say(consent, channel, said);
    }

    /// <summary>Everything said on any channel, oldest first.</summary>
    public async Task<IReadOnlyList<(string Channel, ConsentRecord Said)>> History(CustomerId id)
    {
        var history = new List<(string, ConsentRecord)>();
        await foreach (var row in tables.Timeline.Query(TableQuery.Prefix(id.Value, "c|")))
            history.Add((row.RowKey.Split('|', 3)[2], Documents.Read(row, CustomerJson.ConsentRecord).Value));
        return history;
    }

    /// <summary>Logs what was applied to the customer's row already and says the event where the state is another than
    /// before.</summary>
    internal async Task Log(
        Customer customer, IReadOnlyDictionary<string, ConsentRecord> sayings, IShopEvents events)
    {
        if (await Entries(customer, sayings, events, isNew: false) is { Count: > 0 } entries)
            await tables.WriteInOrder(entries);
    }

    /// <summary>As <see cref="Log"/>; what is to be written into the log is left to the caller, to be written before
    /// whatever says that this telling was heard.</summary>
    /// <param name="isNew">The customer's row was written a moment ago for the first time: nothing is logged
    /// yet.</param>
    internal async Task<IReadOnlyList<TableWrite>> Entries(
        Customer customer, IReadOnlyDictionary<string, ConsentRecord> sayings, IShopEvents events, bool isNew)
    {
        if (sayings.Count == 0) return [];
        var entries = new List<TableWrite>(sayings.Count);
        var history = isNew ? [] : await History(customer.Id);
        foreach (var (channel, told) in sayings)
        {
            var said = DoubleOptIn.Counted(told, customer.Consent.GetValueOrDefault(channel));
            if (history.Contains((channel, said))) continue;
            var holds = customer.Consent.TryGetValue(channel, out var now) && now == said;
            var before = history.LastOrDefault(entry => entry.Channel == channel && entry.Said.At <= said.At).Said;
            if (holds && before?.State != said.State && Event(customer, channel, said) is { } happened)
                await events.Handle(happened, customer, null, false);
            var key = $"c|{Time(said.At)}|{Keys.Safe(channel)}";
            entries.Add(new(tables.Timeline, new(
                RowActionKind.UpsertReplace,
                Documents.Entity(customer.Id.Value, key, said, CustomerJson.ConsentRecord))));
        }
        return entries;
    }

    private static ShopEvent? Event(Customer customer, string channel, ConsentRecord said)
    {
        // Nothing is sent by SMS: a no to it ends no journey.
        if (channel == "sms") return null;
        var type = said.State switch
        {
            ConsentState.Pending => EventTypes.ConsentPending,
            ConsentState.Given => EventTypes.ConsentGiven,
            ConsentState.Withdrawn => EventTypes.ConsentWithdrawn,
            _ => null
        };
        return type is null ? null : new ShopEvent
        {
            Id = $"{customer.Id}:{type}:{channel}:{Time(said.At)}",
            Type = type,
            At = said.At,
            Customer = customer.Id,
            Data = new Dictionary<string,
                JsonElement>
            { ["channel"] = JsonSerializer.SerializeToElement(channel, CustomerJson.Text) },
        };
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture);
}
