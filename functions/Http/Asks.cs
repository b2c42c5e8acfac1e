namespace Automation.Functions.Http;

/// <summary>What a function reads of a request beside its route: named here for <c>/openapi.json</c>.</summary>
/// <param name="query">Names in the query; none must be there.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(params string[] query) : Attribute
{
    public IReadOnlyList<string> Query => query;

    /// <summary>The content type of its body; null: it has none.</summary>
    public string? Body { get; init; }
}
