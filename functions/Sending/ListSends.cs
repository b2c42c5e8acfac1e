using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Sending;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Sending;

/// <summary>Ledger rows: <c>?customer=</c>, <c>&amp;journey=</c>, <c>&amp;mail=</c>, <c>&amp;state=</c>, or of one issue: <c>?issue=weekly/2026-11-25</c>; in pages.</summary>
public sealed class ListSends(Tables tables, IssueSends issues)
{
    private static readonly string[] States = [.. Enum.GetValues<SendState>().Select(state => state.ToString().ToLowerInvariant())];

    [Function(nameof(ListSends))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/sends")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Query("state") is { } asked && !States.Contains(asked)) return http.Refuse(StatusCodes.Status400BadRequest, $"'state' is one of {string.Join(", ", States)}.");
        if (http.Query("issue") is { } issue) return issues.Run(http, issue);
        var (customer, journey, mail, state) = (http.Query("customer"), http.Query("journey"), http.Query("mail"), http.Query("state"));
        if (customer is not null && !CustomerId.IsWellFormed(customer)) return http.Refuse(StatusCodes.Status400BadRequest, "'customer' is no customer's id.");
        var query = new TableQuery { PartitionKey = customer, RowKeyFrom = "s|", RowKeyBelow = "s}" };
        return http.Page(tables.Timeline, query, Pick, Write);

        Ledger? Pick(Row row)
        {
            using var document = JsonDocument.Parse(Documents.Text(row));
            var send = document.RootElement;
            return (journey is null || Text(send, "for").Split('.') is [_, var name, ..] && name == journey)
                && (mail is null || Text(send, "mail") == mail) && (state is null || Text(send, "state") == state)
                ? new Ledger(send.Clone()) : null;
        }
    }

    private sealed record Ledger(JsonElement Send);

    private static void Write(Utf8JsonWriter json, Ledger row) => row.Send.WriteTo(json);

    private static string Text(JsonElement send, string name) => send.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
