using System.Text.Json;
using Automation.Functions.Http;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.People;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Sending;

/// <summary>Ledger rows: <c>?customer=</c>, <c>&amp;journey=</c>, <c>&amp;mail=</c>, <c>&amp;state=</c>, or of one
/// issue: <c>?issue=weekly/2026-11-25</c>; in pages.</summary>
public sealed class ListSends(Tables tables, IssueSends issues)
{
    private static readonly string[] States = [.. Enum.GetValues<SendState>()
        .Select(state => state.ToString().ToLowerInvariant())];

    [Function(nameof(ListSends)), Asks("customer", "journey", "mail", "state", "issue", "reason", "next")]
    public async Task<Results<Ok<Page<JsonElement>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sends")] HttpRequest request)
    {
        var (customer, journey, mail, state) =
            (request.Query("customer"), request.Query("journey"), request.Query("mail"), request.Query("state"));
        if (state is not null && !States.Contains(state))
            return Refusal.Unreadable($"'state' is one of {string.Join(", ", States)}.");
        if (request.Query("issue") is { } issue) return await issues.Page(request, issue);
        if (customer is not null && !CustomerId.IsWellFormed(customer))
            return Refusal.Unreadable("'customer' is not a customer's id.");
        var query = new TableQuery { PartitionKey = customer, RowKeyFrom = "s|", RowKeyBelow = "s}" };
        return await request.Page(tables.Timeline, query, Pick);

        (bool, JsonElement) Pick(Row row)
        {
            using var document = JsonDocument.Parse(Documents.Text(row));
            var send = document.RootElement;
            return (journey is null || Text(send, "for").Split('.') is [_, var name, ..] && name == journey)
                && (mail is null || Text(send, "mail") == mail) && (state is null || Text(send, "state") == state)
                ? (true, send.Clone()) : default;
        }
    }

    private static string Text(JsonElement send, string name) =>
        send.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
