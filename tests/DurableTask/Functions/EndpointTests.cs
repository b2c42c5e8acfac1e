using Microsoft.DurableTask.Converters;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.DurableTask.Embedded;
using Automation.DurableTask.Functions;
using Microsoft.DurableTask.Protobuf;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.DurableTask.Tests.Functions;

/// <summary>Orchestrator and activity calls as the Functions host makes them.</summary>
public class EndpointTests
{
    private static readonly Dictionary<string, JsonElement> vectors =
        JsonDocument.Parse(File.ReadAllText("fixtures/vectors.json")).RootElement.EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. vectors.Keys];

    private static byte[] Invocation(string binding, string text, JsonObject? metadata = null) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["Data"] = new JsonObject { [binding] = JsonSerializer.Serialize(text) }, ["Metadata"] = metadata ?? [] }.ToJsonString());

    /// <summary>The value as the host hands it to the trigger.</summary>
    private static string ReturnValue(ReadOnlyMemory<byte> answer) => JsonDocument.Parse(answer).RootElement.GetProperty("ReturnValue").GetString()!;

    private static OrchestratorResponse Turn(DurableTaskRegistry registry, byte[] body) => OrchestratorResponse.Parser.ParseFrom(
        Convert.FromBase64String(ReturnValue(new FunctionsOrchestrationEndpoint(registry, JsonDataConverter.Default, NullLogger.Instance).Answer("Flow", "context", body))));

    [Theory, MemberData(nameof(Names))]
    public void A_turn_inside_an_invocation_is_the_same_turn(string name)
    {
        var request = OrchestratorRequest.Parser.ParseFrom(vectors[name].GetProperty("requestBase64").GetBytesFromBase64());
        var direct = Said.In(new TurnPlayer(Orchestrators.Registry, JsonDataConverter.Default).Play(request));
        foreach (var e in request.PastEvents.Concat(request.NewEvents))
            if (e.TaskCompleted is { } completed) completed.Result = JsonSerializer.Serialize(ActivityAnswer.Write(TaskOutcome.Completed(completed.Result)));
        Assert.Equal(direct, Said.In(Turn(Orchestrators.Registry, Invocation("context", Convert.ToBase64String(request.ToByteArray())))));
    }

    public static TheoryData<byte[]> Nonsense =>
    [
        [], "{}"u8.ToArray(), "not json"u8.ToArray(), Invocation("other", "x"), Invocation("context", "no base64!"), Invocation("context", Convert.ToBase64String([255, 255, 255])),
        Invocation("context", ""), Invocation("context", Convert.ToBase64String(new OrchestratorRequest { InstanceId = "i" }.ToByteArray())),
    ];

    [Theory, MemberData(nameof(Nonsense))]
    public void What_is_not_the_orchestrations_fault_is_answered_so_that_every_version_of_the_host_delivers_it_again(byte[] body)
    {
        var end = Assert.Single(Turn(Orchestrators.Registry, body).Actions).CompleteOrchestration;
        Assert.Equal((OrchestrationStatus.Failed, "System.OutOfMemoryException", "System.OutOfMemoryException"), (end.OrchestrationStatus, end.FailureDetails.ErrorType, end.FailureDetails.InnerFailure.ErrorType));
    }

    private static async Task<TaskOutcome> Call(DurableTaskRegistry registry, string input)
    {
        var answer = await new FunctionsActivityEndpoint(registry, new JsonDataConverter(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), NullLogger.Instance)
            .Answer("Step", "input", InvocationEnvelope.Read(Invocation("input", input, new() { ["instanceId"] = "\"inst-1\"" })));
        return ActivityAnswer.Read(JsonSerializer.Serialize(ReturnValue(answer)));
    }

    [Fact]
    public async Task An_activitys_result_comes_back_to_the_letter()
    {
        var registry = new DurableTaskRegistry().AddActivityFunc<JsonElement, JsonElement>("Step", (context, value) => Task.FromResult(JsonElement.Parse($"[{value.GetRawText()},\"{context.InstanceId}\"]")));
        const string Value = """{"at":"2026-01-05T10:00:00.1000000+09:00","n":123456789012345678.123456789,"text":"佐藤 \"さん\"","deep":"{\"a\":[1]}"}""";
        Assert.Equal($"[{Value},\"inst-1\"]", (await Call(registry, $"[{Value}]")).Result);
    }

    [Fact]
    public async Task No_result_is_no_result() =>
        Assert.Equal(TaskOutcome.Completed(null), await Call(new DurableTaskRegistry().AddActivityFunc<object?, object?>("Step", (_, _) => Task.FromResult<object?>(null)), "[null]"));

    [Fact]
    public async Task An_activitys_failure_keeps_its_type_its_message_and_its_cause()
    {
        var registry = new DurableTaskRegistry().AddActivityFunc<object?, string>("Step", Task<string> (TaskActivityContext _, object? _) => throw new InvalidOperationException("壊れた: \"it\"", new FormatException("why")));
        var failure = (await Call(registry, "[null]")).Failure!;
        Assert.Equal(("System.InvalidOperationException", "壊れた: \"it\"", "System.FormatException", "why"), (failure.ErrorType, failure.ErrorMessage, failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));
        Assert.False(failure.IsNonRetriable);
        Assert.True((await Call(new(), "[null]")).Failure!.IsNonRetriable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("""{"ok":1}""")]
    [InlineData("\"{\"")]
    public void A_result_nobody_here_wrote_is_a_failure_and_not_a_turn_that_never_ends(string? result) =>
        Assert.True(ActivityAnswer.Read(result).Failure!.IsNonRetriable);
}
