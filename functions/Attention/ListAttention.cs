using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>What a person should look at, of one kind (<c>?kind=</c>: <c>stuck</c>, <c>uncertain</c>, <c>parked</c> …)
/// or of all; in pages.</summary>
public sealed class ListAttention(Tables tables)
{
    [Function(nameof(ListAttention)), Asks("kind", "next")]
    public Task<Results<Ok<Page<AttentionEntry>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/attention")] HttpRequest request) =>
        request.Page(
            tables.Attention,
            new TableQuery { PartitionKey = request.Query("kind") },
            row => (true, AttentionEntry.Of(row)));
}
