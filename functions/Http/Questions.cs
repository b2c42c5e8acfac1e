namespace Automation.Functions.Http;

/// <summary>What a request asks beside its route and its body.</summary>
public static class Questions
{
    /// <summary>Does the request say that its body is JSON, of whatever kind?</summary>
    public static bool HasJson(this HttpRequest request)
    {
        if (request.ContentType is not { } type) return false;
        var media = type.AsSpan(0, type.IndexOf(';') is > 0 and var end ? end : type.Length).Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A value of the query; null where it is missing or empty.</summary>
    public static string? Query(this HttpRequest request, string name) =>
        request.Query[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Is it only a question? <c>?dryRun=true</c>. False where neither true nor false is said: what may be
    /// meant as a question changes nothing, and is refused.</summary>
    public static bool SaysDryRun(this HttpRequest request, out bool dryRun)
    {
        dryRun = false;
        return !request.Query.TryGetValue("dryRun", out var said) || bool.TryParse(said, out dryRun);
    }

    /// <summary>Why somebody insists on what is advised against: <c>?force=…</c>, in a form its field <c>why</c>; it
    /// stands in the audit. Null: nobody does.</summary>
    public static string? Insists(this HttpRequest request) =>
        request.Query("force")?.Trim() is { Length: > 0 } asked ? asked
        : request.Path.StartsWithSegments("/console") && request.HasFormContentType
            && request.Form["why"].ToString().Trim() is { Length: > 0 } written ? written
        : null;

    public static Refusal UnclearDryRun { get; } = Refusal.Unreadable("'dryRun' must be true or false.");
}
