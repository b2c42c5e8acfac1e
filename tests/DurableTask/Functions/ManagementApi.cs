using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.DurableTask.Tests.Functions;

/// <summary>
/// The Durable extension's HTTP management API over any client, as its source answers: statuses, shapes, headers, the key in the query.
/// </summary>
public sealed class ManagementApi(DurableTaskClient client, string key) : HttpMessageHandler
{
    private const string Base = "/runtime/webhooks/durabletask/";

    /// <summary>Extensions before 2026 answered a start of a live instance with 500.</summary>
    public bool Old { get; init; }

    /// <summary>What the binding of an invocation says.</summary>
    public static string Binding(string address, string key) => new JsonObject
    {
        ["taskHubName"] = "Automation",
        ["creationUrls"] = null,
        ["managementUrls"] = null,
        ["baseUrl"] = null,
        ["requiredQueryStringParameters"] = $"code={key}",
        ["rpcBaseUrl"] = "http://127.0.0.1:4001",
        ["httpBaseUrl"] = $"{address}{Base.TrimEnd('/')}",
        ["useForwardedHost"] = false,
    }.ToJsonString();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Answer(request);

    public async Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        if (query["code"] != key) return new(HttpStatusCode.Unauthorized);
        var path = request.RequestUri.AbsolutePath[Base.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        return (request.Method.Method, path) switch
        {
            ("POST", ["orchestrators", var name, var id]) => await Start(name, id, body),
            ("GET", ["instances"]) => await List(query, request.Headers.TryGetValues("x-ms-continuation-token", out var token) ? token.First() : null),
            ("GET", ["instances", var id]) => await client.GetInstanceAsync(id, true) is { } found ? Json(found.IsCompleted ? 200 : 202, Show(found, query["showInput"] != "false")) : new(HttpStatusCode.NotFound),
            ("POST", ["instances", var id, "raiseEvent", var name]) when request.Content?.Headers.ContentType?.MediaType != "application/json" => new(HttpStatusCode.BadRequest) { Content = new StringContent($"{id} {name}") },
            ("POST", ["instances", var id, "raiseEvent", var name]) => await Tell(id, () => client.RaiseEventAsync(id, name, JsonNode.Parse(body))),
            ("POST", ["instances", var id, "terminate"]) => await Tell(id, () => client.TerminateInstanceAsync(id, query["reason"] is { } said ? JsonNode.Parse(said) : null)),
            ("POST", ["instances", var id, "suspend"]) => await Tell(id, () => client.SuspendInstanceAsync(id, query["reason"])),
            ("POST", ["instances", var id, "resume"]) => await Tell(id, () => client.ResumeInstanceAsync(id, query["reason"])),
            ("DELETE", ["instances", var id]) => Purged((await client.PurgeInstanceAsync(id)).PurgedInstanceCount),
            ("DELETE", ["instances"]) when query["createdTimeFrom"] is null => new(HttpStatusCode.BadRequest),
            ("DELETE", ["instances"]) => Purged((await client.PurgeAllInstancesAsync(new(Moment(query["createdTimeFrom"]), Moment(query["createdTimeTo"]), Statuses(query["runtimeStatus"])))).PurgedInstanceCount),
            _ => new(HttpStatusCode.NotFound),
        };
    }

    private async Task<HttpResponseMessage> Start(string name, string id, string body)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, body.Length == 0 ? null : JsonNode.Parse(body), new StartOrchestrationOptions(id));
            return Json(202, new JsonObject { ["id"] = id });
        }
        catch (OrchestrationAlreadyExistsException live)
        {
            return new(Old ? HttpStatusCode.InternalServerError : HttpStatusCode.Conflict) { Content = new StringContent(live.Message) };
        }
    }

    private async Task<HttpResponseMessage> Tell(string id, Func<Task> what)
    {
        if (await client.GetInstanceAsync(id) is not { } now) return new(HttpStatusCode.NotFound);
        if (now.IsCompleted) return new(HttpStatusCode.Gone);
        await what();
        return new(HttpStatusCode.Accepted);
    }

    private async Task<HttpResponseMessage> List(System.Collections.Specialized.NameValueCollection query, string? token)
    {
        var from = token is null ? 0 : int.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(token)), CultureInfo.InvariantCulture);
        var top = int.Parse(query["top"]!, CultureInfo.InvariantCulture);
        List<OrchestrationMetadata> all = [];
        await foreach (var found in client.GetAllInstancesAsync(new(Moment(query["createdTimeFrom"]), Moment(query["createdTimeTo"]), Statuses(query["runtimeStatus"]), InstanceIdPrefix: query["instanceIdPrefix"], FetchInputsAndOutputs: true))) all.Add(found);
        var answer = Json(200, new JsonArray([.. all.Skip(from).Take(top).Select(found => Show(found, query["showInput"] != "false"))]));
        var next = from + top < all.Count ? (from + top).ToString(CultureInfo.InvariantCulture) : "null";
        answer.Headers.Add("x-ms-continuation-token", Convert.ToBase64String(Encoding.UTF8.GetBytes(next)));
        return answer;
    }

    private static JsonObject Show(OrchestrationMetadata found, bool payloads) => new()
    {
        ["name"] = found.Name,
        ["instanceId"] = found.InstanceId,
        ["runtimeStatus"] = found.RuntimeStatus.ToString(),
        ["input"] = payloads && found.SerializedInput is { } input ? JsonNode.Parse(input) : null,
        ["customStatus"] = found.SerializedCustomStatus is { } status ? JsonNode.Parse(status) : null,
        ["output"] = found.FailureDetails is { } failure ? failure.ToString() : found.SerializedOutput is { } output ? JsonNode.Parse(output) : null,
        ["createdTime"] = found.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["lastUpdatedTime"] = found.LastUpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private static HttpResponseMessage Purged(int count) =>
        count == 0 ? new(HttpStatusCode.NotFound) : Json(200, new JsonObject { ["instancesDeleted"] = count });

    private static HttpResponseMessage Json(int status, JsonNode body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private static DateTimeOffset? Moment(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static OrchestrationRuntimeStatus[]? Statuses(string? list) => list?.Split(',').Select(Enum.Parse<OrchestrationRuntimeStatus>).ToArray();
}
