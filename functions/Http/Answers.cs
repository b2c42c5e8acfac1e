using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Functions.Hosting;

/// <summary>JSON answers, written as they are composed.</summary>
public static class Answers
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task Answer(this HttpContext http, int status, Action<Utf8JsonWriter> write, string contentType = "application/json; charset=utf-8")
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, Readable)) write(json);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.WrittenCount;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    public static Task Ok(this HttpContext http, Action<Utf8JsonWriter> write) => http.Answer(StatusCodes.Status200OK, write);

    /// <summary>An answer without a body.</summary>
    public static void Empty(this HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent) http.Response.ContentLength = 0;
    }

    /// <summary>Does the request say that its body is JSON, of whatever kind?</summary>
    public static bool HasJson(this HttpContext http) =>
        http.Request.ContentType is { } type && type.AsSpan(0, type.IndexOf(';') is > 0 and var end ? end : type.Length).Trim() is var media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>A value of the route, e.g. <c>{id}</c>.</summary>
    public static string Route(this HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A value of the query; null where it is missing or empty.</summary>
    public static string? Query(this HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Is it only a question? <c>?dryRun=true</c>. Null where neither true nor false is said: what may be meant as a question changes nothing.</summary>
    public static bool? IsDryRun(this HttpContext http) =>
        !http.Request.Query.TryGetValue("dryRun", out var said) ? false : bool.TryParse(said, out var dryRun) ? dryRun : null;

    public static Task UnclearDryRun(this HttpContext http) => http.Refuse(StatusCodes.Status400BadRequest, "'dryRun' must be true or false.");
}
