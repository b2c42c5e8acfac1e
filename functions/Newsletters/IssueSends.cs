using System.Globalization;
using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Newsletters;

/// <summary>The sends of one issue, chunks unfolded: <c>?issue=weekly/2026-11-25</c>, <c>&amp;state=</c>,
/// <c>&amp;reason=</c>; a few shards are a page.</summary>
public sealed class IssueSends(ChunkLedger ledger)
{
    private const int Items = 200;

    public async Task<Results<Ok<Page<JsonElement>>, Refusal>> Page(HttpRequest request, string issue)
    {
        var (state, reason) = (request.Query("state"), request.Query("reason"));
        if (IssueId.Parse(issue) is not { } id) return Refusal.Unreadable("'issue' is written newsletter/date.");
        var next = 0;
        if (request.Query("next") is { } from
            && !int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out next))
            return Pages.UnknownNext;
        List<JsonElement> items = [];
        for (; next < CustomerId.Shards.Count && items.Count < Items; next++)
            await foreach (var chunk in ledger.Of(id, CustomerId.Shards[next]))
                for (var place = 0; place < chunk.Count; place++)
                {
                    var send = JsonSerializer.SerializeToElement(ChunkLedger.Send(id, chunk, place), SendJson.Send);
                    if ((state is null || Text(send, "state") == state)
                        && (reason is null || Text(send, "reason") == reason)) items.Add(send);
                }
        return TypedResults.Ok(new Page<JsonElement>(
            items, next < CustomerId.Shards.Count ? next.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static string? Text(JsonElement send, string name) =>
        send.TryGetProperty(name, out var value) ? value.GetString() : null;
}
