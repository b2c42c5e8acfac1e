using System.Globalization;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Sending;

namespace Automation.Functions.Newsletters;

/// <summary>The sends of one issue, chunks unfolded: <c>?issue=weekly/2026-11-25</c>, <c>&amp;state=</c>, <c>&amp;reason=</c>; a few shards are a page.</summary>
public sealed class IssueSends(ChunkLedger ledger)
{
    private const int Items = 200;

    public async Task Run(HttpContext http, string issue)
    {
        var (state, reason) = (http.Query("state"), http.Query("reason"));
        if (IssueAnswers.Issue(issue) is not { } id) { await http.Refuse(StatusCodes.Status400BadRequest, "'issue' is written newsletter/date."); return; }
        var next = 0;
        if (http.Query("next") is { } from && !int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out next)) { await http.Refuse(StatusCodes.Status400BadRequest, "'next' is not one of ours."); return; }
        List<JsonElement> items = [];
        for (; next < ChunkLedger.Shards.Count && items.Count < Items; next++)
            await foreach (var chunk in ledger.Of(id, ChunkLedger.Shards[next]))
                for (var place = 0; place < chunk.Count; place++)
                {
                    var send = JsonSerializer.SerializeToElement(ChunkLedger.Send(id, chunk, place), SendJson.Send);
                    if ((state is null || Text(send, "state") == state) && (reason is null || Text(send, "reason") == reason)) items.Add(send);
                }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var send in items) send.WriteTo(json);
            json.WriteEndArray();
            if (next < ChunkLedger.Shards.Count) json.WriteString("next", next.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });
    }

    private static string? Text(JsonElement send, string name) => send.TryGetProperty(name, out var value) ? value.GetString() : null;
}
