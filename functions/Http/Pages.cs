using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Automation.Storage;

namespace Automation.Functions.Hosting;

/// <summary>Lists in pages: <c>{"items":[…],"next":…}</c>; pass <c>next</c> back as <c>?next=</c> until it is missing.</summary>
public static class Pages
{
    /// <summary>Items of one page at most; a scan that finds few ends earlier, with a <c>next</c>.</summary>
    private const int Items = 200, Scanned = 20_000;

    public static async Task Page<T>(this HttpContext http, Table table, TableQuery query, Func<Row, T?> pick, Action<Utf8JsonWriter, T> write) where T : class
    {
        List<T> items = [];
        string? token;
        try
        {
            token = http.Query("next") is { } next ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(next)) : null;
            var scanned = 0;
            do
            {
                var page = await table.QueryPage(query with { PageSize = Items }, token, http.RequestAborted);
                foreach (var row in page.Values) if (pick(row) is { } item) items.Add(item);
                scanned += page.Values.Count;
                token = page.ContinuationToken;
            } while (token is not null && items.Count < Items && scanned < Scanned);
        }
        catch (FormatException) when (items.Count == 0 && http.Query("next") is not null)
        {
            await http.Refuse(StatusCodes.Status400BadRequest, "'next' is not one of ours.");
            return;
        }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in items) write(json, item);
            json.WriteEndArray();
            if (token is not null) json.WriteString("next", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token)));
            json.WriteEndObject();
        });
    }
}
