using System.Text.Json;
using Automation.DurableTask.Wire;

namespace Automation.DurableTask.Tests;

/// <summary>What the official executor answered to 42 recorded requests, ours answers too.</summary>
public class VectorTests
{
    /// <summary>Where the answer differs on purpose (docs/decisions/0002-orchestration-choices.md).</summary>
    static readonly Dictionary<string, string> differently = new()
    {
        // Unclaimed events all go along, in the order they came; the official SDK sends the older ones to itself.
        ["04d"] = "#1 ContinuedAsNew 2 +Other 5@09.000/-1 +Other 6@09.599/-1",
        // A contradicted or terminated execution asks for nothing more.
        ["05d"] = "#1 Failed  because DurableTask.Core.Exceptions.NonDeterministicOrchestrationException",
        ["05e"] = "#1 Failed  because DurableTask.Core.Exceptions.NonDeterministicOrchestrationException",
        ["08c"] = "#1 Terminated \"stop\"",
        // The longest waiter is served first; in the official SDK the newest.
        ["15"] = "#0 Completed \"first\"",
    };

    static readonly Dictionary<string, JsonElement> vectors =
        JsonDocument.Parse(File.ReadAllText("fixtures/vectors.json")).RootElement.EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. vectors.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_recorded_turn_is_answered_as_the_official_executor_does(string name)
    {
        var request = OrchestratorRequest.Parser.ParseFrom(vectors[name].GetProperty("requestBase64").GetBytesFromBase64());
        var official = Said.In(OrchestratorResponse.Parser.ParseFrom(vectors[name].GetProperty("responseBase64").GetBytesFromBase64()));

        var response = new OrchestrationExecutor(Orchestrators.Registry, DataConverter.Default).Execute(request);

        Assert.Equal("inst-1", response.InstanceId);
        if (!differently.TryGetValue(name.Split(' ')[0], out var ours)) Assert.Equal(official, Said.In(response));
        else
        {
            Assert.NotEqual(official, ours);
            Assert.Equal(ours, Said.In(response));
        }
    }

    [Fact]
    public void All_42_vectors_are_there() => Assert.Equal(42, vectors.Count);
}
