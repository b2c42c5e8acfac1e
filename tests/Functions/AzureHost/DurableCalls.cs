using System.Text.Json;
using Automation.Functions.Tests.AzureHost.Wire;
using Google.Protobuf;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;

namespace Automation.Functions.Tests.AzureHost
{
    /// <summary>Durable Functions' calls to the worker, with their consequences: an orchestrator call that is answered
    /// badly fails the instance for good, one whose worker is gone is made again; an activity call that fails is a
    /// failed task.</summary>
    internal sealed class DurableCalls(WorkerStream worker, Func<Uri> durable, TimeSpan? polling)
    {
        private readonly Poll turns = new(polling), work = new(polling);
        private int failedTurns;

        /// <summary>Instances failed for good because a turn got no answer.</summary>
        public int FailedTurns => failedTurns;

        /// <summary>Makes the worker's activities known to the hub.</summary>
        public void Register(DurableTaskRegistry registry, IEnumerable<HostedFunction> functions)
        {
            foreach (var function in functions.Where(function => function.Is("activityTrigger")))
                registry.AddActivity(function.Name, _ => new Remote(this, function.Name));
        }

        public OrchestratorResponse Play(OrchestratorRequest request)
        {
            Thread.Sleep(turns.Next());
            List<HistoryEvent> events = [.. request.PastEvents, .. request.NewEvents];
            // In the host every event has its moment; the hub leaves out what nobody looks at.
            foreach (var e in events) e.Timestamp ??= events.First(one => one.Timestamp is not null).Timestamp;
            var started = events.First(e => e.ExecutionStarted is not null);
            var answer = Call(
                started.ExecutionStarted.Name, "orchestrationTrigger",
                new() { String = Convert.ToBase64String(request.ToByteArray()) },
                request.InstanceId).GetAwaiter().GetResult();
            if (answer
                is { Result.Status: StatusResult.Types.Status.Success, ReturnValue.String: { Length: > 0 } encoded })
                return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(encoded));
            Interlocked.Increment(ref failedTurns);
            return new()
            {
                InstanceId = request.InstanceId,
                Actions =
                {
                    new OrchestratorAction
                    {
                        CompleteOrchestration = new()
                        {
                            OrchestrationStatus = OrchestrationStatus.Failed,
                            FailureDetails =
                                new() { ErrorType = "Failed", ErrorMessage = $"{answer.Result.Exception?.Message}" },
                        },
                    },
                },
            };
        }

        private async Task<InvocationResponse> Call(string name, string trigger, TypedData value, string instance)
        {
            var function = (await worker.Functions()).Single(one => one.Is(trigger)
                && one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var request = Invocation.Of(function, value, durable());
            request.TriggerMetadata["instanceId"] = new() { String = instance };
            return await worker.Invoke(request);
        }

        private sealed class Remote(DurableCalls calls, string name) : TaskActivity<JsonElement, JsonElement>
        {
            public override async Task<JsonElement> RunAsync(TaskActivityContext context, JsonElement input)
            {
                await Task.Delay(calls.work.Next());
                var text = input.ValueKind is JsonValueKind.Undefined ? "null" : input.GetRawText();
                try
                {
                    var answer = await calls.Call(name, "activityTrigger", new() { String = text }, context.InstanceId);
                    if (answer.Result.Status == StatusResult.Types.Status.Success) return Value(answer.ReturnValue);
                    throw new FunctionInvocationException(
                        $"Exception while executing function: Functions.{name} {answer.Result.Exception?.Message}");
                }
                catch (WorkerGoneException gone)
                {
                    throw new FunctionInvocationException(
                        $"Exception while executing function: Functions.{name} {gone.Message}");
                }
            }

            private static JsonElement Value(TypedData? value) => value?.DataCase switch
            {
                TypedData.DataOneofCase.Json => JsonDocument.Parse(value.Json).RootElement,
                TypedData.DataOneofCase.String => JsonSerializer.SerializeToElement(value.String),
                TypedData.DataOneofCase.Int => JsonSerializer.SerializeToElement(value.Int),
                null or TypedData.DataOneofCase.None => JsonSerializer.SerializeToElement<object?>(null),
                var other => throw new InvalidOperationException($"An activity answered with {other}."),
            };
        }
    }
}

namespace Microsoft.Azure.WebJobs.Host
{
    /// <summary>Under this name the host reports every activity call that failed.</summary>
    public sealed class FunctionInvocationException(string message) : Exception(message);
}
