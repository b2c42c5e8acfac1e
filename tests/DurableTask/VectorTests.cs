using System.Text.Json;
using Automation.DurableTask.Embedded;
using Google.Protobuf;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;

namespace Automation.DurableTask.Tests;

/// <summary>42 turns recorded from the official worker of an earlier version: an upgrade of its packages answers them
/// as before, played by the hub and by what the Functions extension calls.</summary>
public class VectorTests
{
    private static readonly Dictionary<string, JsonElement> vectors = JsonDocument
        .Parse(File.ReadAllText("fixtures/vectors.json")).RootElement.EnumerateArray()
        .ToDictionary(vector => vector.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. vectors.Keys];

    private static OrchestratorRequest Request(string name) =>
        OrchestratorRequest.Parser.ParseFrom(vectors[name].GetProperty("requestBase64").GetBytesFromBase64());

    private static string Said(string base64) =>
        Tests.Said.In(OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(base64)));

    private static string Recorded(string name) => Said(vectors[name].GetProperty("responseBase64").GetString()!);

    [Theory, MemberData(nameof(Names))]
    public void The_hub_answers_a_recorded_turn_as_it_was_answered(string name)
    {
        var response = new TurnPlayer(Orchestrators.Registry, JsonDataConverter.Default).Play(Request(name));
        Assert.Equal("inst-1", response.InstanceId);
        Assert.Equal(Recorded(name), Tests.Said.In(response));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_Functions_extension_answers_a_recorded_turn_as_it_was_answered(string name)
    {
        var request = Request(name);
        var started = request.PastEvents.Concat(request.NewEvents).First(e => e.ExecutionStarted is not null);
        var made = Orchestrators.Registry.GetOrchestrators().Single(o => o.Key == started.ExecutionStarted.Name).Value;
        var encoded = Convert.ToBase64String(request.ToByteArray());
        Assert.Equal(Recorded(name), Said(GrpcOrchestrationRunner.LoadAndRun(encoded, made(new Nothing()))));
    }

    [Fact]
    public void All_42_vectors_are_there() => Assert.Equal(42, vectors.Count);

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
