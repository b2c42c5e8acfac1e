using System.Buffers.Text;
using System.Text;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Storage;

namespace Automation.Functions.Http;

/// <summary>Lists in pages: <c>{"items":[…],"next":…}</c>; pass <c>next</c> back as <c>?next=</c> until it is
/// missing.</summary>
public static class Pages
{
    /// <summary>Items of one page at most; a scan that finds few ends earlier, with a <c>next</c>.</summary>
    private const int Items = 200, Scanned = 20_000;

    public static Refusal UnknownNext { get; } = Refusal.Unreadable("'next' is not one of ours.");

    /// <summary>Where the next page begins, as a caller passes it back; false: it is not one of ours.</summary>
    public static bool TryToken(string? next, out string? token)
    {
        token = null;
        if (next is null) return true;
        if (!Base64Url.IsValid(next)) return false;
        token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(next));
        return true;
    }

    /// <summary>A continuation as callers see it.</summary>
    public static string? Next(string? token) =>
        token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <summary>What people changed, newest first; null: <c>next</c> is not one of ours.</summary>
    public static async Task<Page<AuditEntry>?> Page(this AuditLog audit, HttpRequest request, int size)
    {
        if (!TryToken(request.Query("next"), out var token)) return null;
        try
        {
            var page = await audit.Latest(size, token, request.HttpContext.RequestAborted);
            return page with { Next = Next(page.Next) };
        }
        catch (FormatException) when (token is not null)
        {
            return null;
        }
    }

    /// <summary>What is picked from the rows; null leaves one out.</summary>
    public static async Task<Results<Ok<Page<T>>, Refusal>> Page<T>(
        this HttpRequest request, Table table, TableQuery query, Func<Row, (bool Wanted, T Item)> pick)
    {
        List<T> items = [];
        var cancellation = request.HttpContext.RequestAborted;
        try
        {
            if (!TryToken(request.Query("next"), out var token)) return UnknownNext;
            var scanned = 0;
            do
            {
                var page = await table.QueryPage(query with { PageSize = Items }, token, cancellation);
                foreach (var row in page.Values) if (pick(row) is (true, var item)) items.Add(item);
                scanned += page.Values.Count;
                token = page.ContinuationToken;
            } while (token is not null && items.Count < Items && scanned < Scanned);
            return TypedResults.Ok(new Page<T>(items, Next(token)));
        }
        catch (FormatException) when (items.Count == 0 && request.Query("next") is not null)
        {
            return UnknownNext;
        }
    }
}
