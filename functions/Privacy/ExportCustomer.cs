using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.History;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Privacy;

/// <summary>Everything stored about a person, for the person (個人情報保護法 art. 33).</summary>
public sealed class ExportCustomer(Disclosure disclosure, Timelines timelines)
{
    [Function(nameof(ExportCustomer)), Needs(Role.Operator)]
    public async Task<Results<Ok<CustomerExport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/export")] HttpRequest request,
        string id) =>
        CustomerId.Parse(id) is { } known && await disclosure.Of(known) is { } disclosed
            ? TypedResults.Ok(await CustomerExport.Of(disclosed, timelines, request.HttpContext))
            : Missing.Customer;
}

/// <summary>A person's data as one document.</summary>
/// <param name="Customer">The row; null: nobody is known.</param>
public sealed record CustomerExport([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? Customer)
{
    public IReadOnlyList<TimelineEntry>? Timeline { get; private init; }

    /// <summary>Addresses that are never written to again, with the reason.</summary>
    public IReadOnlyDictionary<string, string>? Suppressed { get; private init; }

    /// <summary>Names of what was set aside and speaks of them.</summary>
    public IReadOnlyList<string>? Parked { get; private init; }

    /// <summary>Checkouts they began; null: none is remembered.</summary>
    public IReadOnlyList<Checkout>? Checkouts { get; private init; }

    /// <summary>What they said to the chat and what it said; null: nothing.</summary>
    public IReadOnlyList<ExportedWords>? Chats { get; private init; }

    /// <summary>The document, to be saved as a file.</summary>
    public static async Task<CustomerExport> Of(Disclosed disclosed, Timelines timelines, HttpContext http)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"customer-{disclosed.Customer.Id}.json\"";
        return new(JsonSerializer.SerializeToElement(disclosed.Customer, CustomerJson.Customer))
        {
            Timeline = await timelines.Of(disclosed.Customer, http.RequestAborted),
            Suppressed = disclosed.Suppressed.ToDictionary(),
            Parked = disclosed.Parked,
            Checkouts = disclosed.Checkouts.Count == 0 ? null : disclosed.Checkouts,
            Chats = disclosed.Chats.Count == 0 ? null
                : [.. disclosed.Chats.Select(one => new ExportedWords(one.At, one.Says, one.Reply.Whole))],
        };
    }
}

/// <summary>Something said to the chat, and what was answered.</summary>
public sealed record ExportedWords(DateTimeOffset At, string? Said, string Answered);
