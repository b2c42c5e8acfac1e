using System.Globalization;
using System.Net;
using System.Text;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.DurableTask.Functions;

/// <summary>
/// The client under the Functions host: speaks the Durable extension's HTTP management API. It can be used once <see cref="Learn"/>
/// has heard where that is; before, every call throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class FunctionsDurableTaskClient(HttpClient http, DataConverter converter, TimeProvider time) : DurableTaskClient("functions")
{
    private const string Continuation = "x-ms-continuation-token";

    /// <summary>The word "null" in base64: how some versions of the extension say that this was all.</summary>
    private const string NothingMore = "bnVsbA==";

    private static readonly OrchestrationRuntimeStatus[] finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
    private static readonly TimeSpan firstLook = TimeSpan.FromMilliseconds(100), laterLooks = TimeSpan.FromSeconds(5);
    private volatile Learned? learned;

    /// <summary>Has an invocation told where the API is?</summary>
    public bool IsKnown => learned is not null;

    /// <summary>Takes the <c>durableClient</c> binding of an invocation. InvalidDataException where it cannot be read.</summary>
    public void Learn(string binding)
    {
        if (learned?.Text != binding) learned = new(binding, FunctionsClientBinding.Read(binding));
    }

    /// <inheritdoc/>
    /// <remarks>The API has no start at a later time: an orchestrator begins with a timer instead.</remarks>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (options?.StartAt is not null) throw new NotSupportedException("The Functions host's HTTP API starts orchestrations at once only; begin the orchestrator with a timer.");
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        using var answer = await Call(HttpMethod.Post, $"orchestrators/{Escape(orchestratorName)}/{Escape(id)}", "", converter.Serialize(input), cancellation);
        if (answer.StatusCode is HttpStatusCode.Conflict) throw new OrchestrationAlreadyExistsException($"An orchestration with the instance id '{id}' is already running.");
        // Until early 2026 the extension said 500 of a live instance; only a look tells that from real trouble.
        if (answer.StatusCode is HttpStatusCode.InternalServerError && await GetInstanceAsync(id, false, cancellation) is { IsCompleted: false })
            throw new OrchestrationAlreadyExistsException($"An orchestration with the instance id '{id}' is already running.");
        await Accepted(answer, cancellation);
        return id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Tell(instanceId, $"raiseEvent/{Escape(eventName)}", "", converter.Serialize(eventPayload) ?? "null", cancellation);

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Tell(instanceId, "terminate", Reason(converter.Serialize(options?.Output)), null, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Tell(instanceId, "suspend", Reason(reason), null, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Tell(instanceId, "resume", Reason(reason), null, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        using var answer = await Call(HttpMethod.Get, $"instances/{Escape(instanceId)}", $"showInput={(getInputsAndOutputs ? "true" : "false")}", null, cancellation);
        if (answer.StatusCode is HttpStatusCode.NotFound) return null;
        await Accepted(answer, cancellation);
        return InstanceJson.One(await answer.Content.ReadAsByteArrayAsync(cancellation), getInputsAndOutputs, converter);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new();
        var query = Query(("instanceIdPrefix", filter.InstanceIdPrefix), ("createdTimeFrom", Moment(filter.CreatedFrom)), ("createdTimeTo", Moment(filter.CreatedTo)),
            ("runtimeStatus", Statuses(filter.Statuses)), ("showInput", filter.FetchInputsAndOutputs ? "true" : "false"), ("top", filter.PageSize.ToString(CultureInfo.InvariantCulture)));
        return Pageable.Create<OrchestrationMetadata>(async (token, cancellation) =>
        {
            using var answer = await Call(HttpMethod.Get, "instances", query, null, cancellation, token);
            await Accepted(answer, cancellation);
            var page = InstanceJson.Many(await answer.Content.ReadAsByteArrayAsync(cancellation), filter.FetchInputsAndOutputs, converter);
            var next = answer.Headers.TryGetValues(Continuation, out var tokens) && tokens.FirstOrDefault() is { Length: > 0 } more && more != NothingMore ? more : null;
            return new(page, next);
        });
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(instanceId, getInputsAndOutputs, now => now.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(instanceId, getInputsAndOutputs, now => now.IsCompleted, cancellation);

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        // The API would also delete the history of a live instance.
        if (await GetInstanceAsync(instanceId, false, cancellation) is not { IsCompleted: true }) return new(0);
        using var answer = await Call(HttpMethod.Delete, $"instances/{Escape(instanceId)}", "", null, cancellation);
        return new(await Purged(answer, cancellation));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var query = Query(("createdTimeFrom", Moment(filter.CreatedFrom ?? new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))), ("createdTimeTo", Moment(filter.CreatedTo)),
            ("runtimeStatus", Statuses(filter.Statuses ?? finished)));
        using var answer = await Call(HttpMethod.Delete, "instances", query, null, cancellation);
        return new(await Purged(answer, cancellation));
    }

    public override ValueTask DisposeAsync() => default;

    /// <summary>404 (unknown) and 410 (finished) are answers: nobody hears it.</summary>
    private async Task Tell(string instanceId, string what, string query, string? body, CancellationToken cancellation)
    {
        using var answer = await Call(HttpMethod.Post, $"instances/{Escape(instanceId)}/{what}", query, body, cancellation);
        if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone)) await Accepted(answer, cancellation);
    }

    private async Task<OrchestrationMetadata> WaitFor(string id, bool payloads, Func<OrchestrationMetadata, bool> reached, CancellationToken cancellation)
    {
        for (var pause = firstLook; ; pause = pause * 1.5 < laterLooks ? pause * 1.5 : laterLooks)
        {
            var now = await GetInstanceAsync(id, payloads, cancellation) ?? throw new ArgumentException($"There is no instance '{id}'.", nameof(id));
            if (reached(now)) return now;
            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<HttpResponseMessage> Call(HttpMethod method, string path, string query, string? json, CancellationToken cancellation, string? continuation = null)
    {
        var api = learned?.Api ?? throw new InvalidOperationException("No invocation has said yet where the Functions host's management API is; only functions with a durableClient binding may use the client.");
        using var request = new HttpRequestMessage(method, api.At(path, query));
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (continuation is not null) request.Headers.TryAddWithoutValidation(Continuation, continuation);
        return await http.SendAsync(request, cancellation);
    }

    private static async Task Accepted(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode) return;
        var said = await answer.Content.ReadAsStringAsync(cancellation);
        throw new HttpRequestException($"The Functions host answered {(int)answer.StatusCode}: {(said.Length > 500 ? said[..500] : said)}", null, answer.StatusCode);
    }

    private static async Task<int> Purged(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode is HttpStatusCode.NotFound) return 0;
        await Accepted(answer, cancellation);
        return InstanceJson.Deleted(await answer.Content.ReadAsByteArrayAsync(cancellation));
    }

    private sealed record Learned(string Text, FunctionsClientBinding Api);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Reason(string? reason) => Query(("reason", reason));

    private static string? Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string? Statuses(IEnumerable<OrchestrationRuntimeStatus>? statuses) => statuses?.Any() == true ? string.Join(',', statuses) : null;

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
            if (value is not null) query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Escape(value));
        return query.ToString();
    }
}
