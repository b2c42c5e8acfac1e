using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.DurableTask.Functions;
using Automation.DurableTask.Wire;
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
        Convert.FromBase64String(ReturnValue(new FunctionsOrchestrationEndpoint(registry, DataConverter.Default, NullLogger.Instance).Answer("Flow", "context", body))));

    [Theory, MemberData(nameof(Names))]
    public void A_turn_inside_an_invocation_is_the_same_turn(string name)
    {
        var request = vectors[name].GetProperty("requestBase64").GetString()!;
        var direct = new OrchestrationExecutor(Orchestrators.Registry, DataConverter.Default, ActivityAnswer.Read).Execute(OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(request)));
        Assert.Equal(Said.In(direct), Said.In(Turn(Orchestrators.Registry, Invocation("context", request))));
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
        var answer = await new FunctionsActivityEndpoint(registry, DataConverter.Default, NullLogger.Instance)
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
        var registry = new DurableTaskRegistry().AddActivityFunc<object?, string>("Step", (_, _) => throw new InvalidOperationException("壊れた: \"it\"", new FormatException("why")));
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

    [Fact]
    public void A_call_the_host_itself_failed_is_made_again_and_one_that_failed_by_itself_is_not()
    {
        var history = History.Of(context => context.CallActivityAsync<string>("Step"));
        history.Turn();
        Assert.Equal("#1 timer 2026-01-05T10:00:02.0000000", history.Turn(History.Failed(0, "Microsoft.Azure.WebJobs.Host.FunctionInvocationException")));
        Assert.Equal("#2 activity Step [null]", history.TurnAfter(TimeSpan.FromSeconds(2), History.Fired(1)));
        Assert.Equal("#3 timer 2026-01-05T10:00:06.0000000", history.Turn(History.Failed(2, "Microsoft.Azure.WebJobs.Host.FunctionTimeoutException")));
        history.TurnAfter(TimeSpan.FromSeconds(4), History.Fired(3));
        Assert.StartsWith("#5 Failed", history.Turn(History.Failed(4)), StringComparison.Ordinal);
    }
}
