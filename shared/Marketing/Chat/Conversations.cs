using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Chat;

/// <summary>A conversation as it is learnt from.</summary>
/// <param name="Customer">Whose it is; null: nobody's we know.</param>
/// <param name="Said">Oldest first.</param>
public sealed record Talk(CustomerId? Customer, IReadOnlyList<Exchange> Said);

/// <summary>Conversations and what was said in them, in the table <c>Chats</c>: a partition for each conversation, and
/// one for each customer that leads to theirs.</summary>
public sealed class Conversations(Tables tables)
{
    /// <summary>The partition of those who wait for a person, in <c>Attention</c>.</summary>
    public const string Waiting = "chat";

    private const string State = "s|", Said = "m|", Seen = "v|";

    /// <summary>The partition of what is about to be decided and must be carried out.</summary>
    private const string Due = "due";

    /// <summary>Null: there is none yet.</summary>
    public async ValueTask<Stored<Conversation>?> Find(string id, CancellationToken cancellation = default) =>
        Keys.CanBe(id) && await tables.Chats.Find(id, State, cancellation) is { } row
            ? Documents.Read(row, ChatJson.Conversation) : null;

    /// <summary>Null: nothing was decided about this message.</summary>
    public async ValueTask<Stored<Exchange>?> Find(
        string conversation, string message, CancellationToken cancellation = default) =>
        await tables.Chats.Find(conversation, Said + Keys.Safe(message), cancellation) is { } row
            ? Documents.Read(row, ChatJson.Exchange) : null;

    /// <summary>Everything said, oldest first.</summary>
    public async Task<IReadOnlyList<Exchange>> All(string conversation, CancellationToken cancellation = default)
    {
        var all = new List<Exchange>();
        await foreach (var row in tables.Chats.Query(TableQuery.Prefix(conversation, Said), cancellation))
            all.Add(Documents.Read(row, ChatJson.Exchange).Value);
        return [.. all.OrderBy(one => one.At).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>Every conversation, what was said in it oldest first. A request for a thousand rows, at most
    /// <paramref name="pages"/> of them.</summary>
    public async Task<IReadOnlyCollection<Talk>> Everything(int pages, CancellationToken cancellation)
    {
        var (said, whose) = (new Dictionary<string, List<Exchange>>(StringComparer.Ordinal),
            new Dictionary<string, CustomerId>(StringComparer.Ordinal));
        string? token = null;
        do
        {
            var page = await tables.Chats.QueryPage(new TableQuery(), token, cancellation);
            foreach (var row in page.Values)
                if (row.RowKey.StartsWith(Said, StringComparison.Ordinal))
                {
                    if (!said.TryGetValue(row.PartitionKey, out var talk)) said[row.PartitionKey] = talk = [];
                    talk.Add(Documents.Read(row, ChatJson.Exchange).Value);
                }
                else if (row.RowKey == State && Documents.Read(row, ChatJson.Conversation).Value.Customer is { } known)
                    whose[row.PartitionKey] = known;
            token = page.ContinuationToken;
        } while (token is not null && --pages > 0);
        return [.. said.Select(one => new Talk(
            whose.TryGetValue(one.Key, out var customer) ? customer : null, [.. one.Value.OrderBy(said => said.At)]))];
    }

    /// <summary>Writes how the conversation stands together with what was said, once. Null: somebody else wrote
    /// meanwhile, look again.</summary>
    /// <param name="before">As it was read; null: there was none.</param>
    public async Task<Stored<Exchange>?> Add(
        Conversation conversation, Stored<Conversation>? before, Exchange exchange, CancellationToken cancellation)
    {
        // First, so that no conversation is a customer's whom their erasure does not lead to it.
        // Again in each month, so that what leads to it is kept as long as it.
        if (conversation.Customer is { } customer
            && (before?.Value is not { } known || known.Customer != customer
                || known.At.Month != conversation.At.Month))
            await tables.Chats.Upsert(
                new Row(Of(customer), conversation.Id) { { "At", conversation.At } }, UpdateMode.Replace, cancellation);
        var state = Row(conversation);
        var answer = await tables.Chats.Submit(
        [
            before is null ? new(RowActionKind.Add, state) : new(RowActionKind.UpdateReplace, state, before.ETag),
            new(RowActionKind.Add, Row(conversation.Id, exchange)),
        ], cancellation);
        return answer.Done ? new(exchange, answer.ETags[1]) : null;
    }

    /// <summary>Something is about to be decided about a message that must be carried out; before it is.</summary>
    public Task Promise(string conversation, string message, DateTimeOffset at, CancellationToken cancellation) =>
        tables.Chats.Upsert(
            new Row(Due, DueKey(conversation, message))
            {
                { "Conversation", conversation }, { "Message", message }, { "At", at },
            }, UpdateMode.Replace, cancellation);

    /// <summary>It was carried out.</summary>
    public Task Keep(string conversation, string message, CancellationToken cancellation) =>
        tables.Chats.Delete(Due, DueKey(conversation, message), ETag.All, cancellation);

    /// <summary>What was promised before then and not kept.</summary>
    public async Task<IReadOnlyList<(string Conversation, string Message)>> Promised(
        DateTimeOffset before, CancellationToken cancellation)
    {
        var due = new List<(string, string)>();
        await foreach (var row in tables.Chats.Query(new TableQuery { PartitionKey = Due }, cancellation))
            if (row.GetDateTimeOffset("At") < before)
                due.Add((row.GetString("Conversation") ?? "", row.GetString("Message") ?? ""));
        return due;
    }

    private static string DueKey(string conversation, string message) => $"{conversation}|{Keys.Safe(message)}";

    /// <summary>Writes how it stands; false: somebody else wrote meanwhile.</summary>
    /// <param name="before">As it was read; null: there was none.</param>
    public async Task<bool> Save(Conversation conversation, ETag? before, CancellationToken cancellation) =>
        before is { } known
            ? (await tables.Chats.Update(Row(conversation), known, UpdateMode.Replace, cancellation)).Done
            : (await tables.Chats.Add(Row(conversation), cancellation)).Done;

    /// <summary>When the visitor's browser asked for news last, to a minute; null: it never did.</summary>
    public async ValueTask<DateTimeOffset?> SeenAt(string conversation, CancellationToken cancellation = default) =>
        (await tables.Chats.Find(conversation, Seen, cancellation))?.GetDateTimeOffset("At");

    /// <summary>The visitor's browser asks for news.</summary>
    public Task See(string conversation, DateTimeOffset at, CancellationToken cancellation) =>
        tables.Chats.Upsert(new Row(conversation, Seen) { { "At", at } }, UpdateMode.Replace, cancellation);

    /// <summary>Writes what became of an exchange; null: somebody else wrote meanwhile.</summary>
    public async Task<Stored<Exchange>?> Save(
        string conversation, Exchange exchange, ETag before, CancellationToken cancellation)
    {
        var answer = await tables.Chats.Update(
            Row(conversation, exchange), before, UpdateMode.Replace, cancellation);
        return answer.Done ? new(exchange, answer.ETag) : null;
    }

    /// <summary>What was taken back is not kept; what was said to it stays.</summary>
    public async Task TakeBack(string conversation, string textId, CancellationToken cancellation)
    {
        foreach (var said in await All(conversation, cancellation))
            while (said.TextId == textId
                && await Find(conversation, said.Id, cancellation) is { Value.Says: not null } row
                && await Save(conversation, row.Value with { Says = null }, row.ETag, cancellation) is null) { }
    }

    /// <summary>The conversations of a customer and of those who were merged into them, and those of their addresses
    /// on channels.</summary>
    /// <param name="identities">As text.</param>
    public async Task<IReadOnlySet<string>> Of(
        IEnumerable<CustomerId> customers, IEnumerable<string> identities, CancellationToken cancellation = default)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var customer in customers)
            await foreach (var row in tables.Chats.Query(new TableQuery { PartitionKey = Of(customer) }, cancellation))
                found.Add(row.RowKey);
        foreach (var identity in identities)
            if (Identity.Parse(identity) is { Kind: Identity.Line, Value: var address })
                found.Add(Conversation.IdOf(Identity.Line, address));
        return found;
    }

    /// <summary>Forgets them, whoever waits in them included; what leads to them goes last.</summary>
    public async Task Forget(
        IReadOnlyCollection<CustomerId> customers, IEnumerable<string> identities,
        CancellationToken cancellation = default)
    {
        foreach (var id in await Of(customers, identities, cancellation))
        {
            await Clear(id, cancellation);
            await tables.Attention.Delete(Waiting, id, ETag.All, cancellation);
        }
        foreach (var customer in customers) await Clear(Of(customer), cancellation);
    }

    private async Task Clear(string partition, CancellationToken cancellation)
    {
        await foreach (var row in tables.Chats.Query(new TableQuery { PartitionKey = partition }, cancellation))
            await tables.Chats.Delete(row.PartitionKey, row.RowKey, ETag.All, cancellation);
    }

    private static string Of(CustomerId customer) => $"of-{customer.Value}";

    /// <summary><c>At</c> is by what the nightly sweep lets go.</summary>
    private static Row Row(Conversation conversation)
    {
        var row = Documents.Entity(conversation.Id, State, conversation, ChatJson.Conversation);
        row.Add("At", conversation.At);
        return row;
    }

    private static Row Row(string conversation, Exchange exchange)
    {
        var row = Documents.Entity(conversation, Said + Keys.Safe(exchange.Id), exchange, ChatJson.Exchange);
        row.Add("At", exchange.At);
        return row;
    }
}
