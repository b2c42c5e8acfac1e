using System.Text.Json;
using Google.Protobuf;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;

namespace Automation.Functions.Tests.AzureHost
{
    /// <summary>
    /// Durable Functions' calls to the handler, with their consequences: an orchestrator call without a proper answer fails the instance for
    /// good; an activity call without one is a failed task.
    /// </summary>
    internal sealed class DurableCalls(HandlerProcess handler, List<FunctionJson> functions, Func<string> clientBinding)
    {
        private int failedTurns;

        /// <summary>Instances failed for good because a turn got no answer.</summary>
        public int FailedTurns => failedTurns;

        public DurableTaskRegistry Activities()
        {
            var registry = new DurableTaskRegistry();
            foreach (var activity in functions.Where(function => function.Trigger == "activityTrigger"))
                registry.AddActivity(activity.Name, _ => new Remote(handler, activity, clientBinding));
            return registry;
        }

        public OrchestratorResponse Play(OrchestratorRequest request)
        {
            var name = request.PastEvents.Concat(request.NewEvents).First(e => e.ExecutionStarted is not null).ExecutionStarted.Name;
            var function = functions.Single(f => f.Trigger == "orchestrationTrigger" && f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var answer = handler.InvokeNow(function.Name, Invocation.Of(function, Convert.ToBase64String(request.ToByteArray()), isObject: false, clientBinding(), []));
            if (answer is { Length: > 0 })
            {
                var response = OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
                // To the host that is trouble of the platform: it drops the turn and delivers it again.
                if (response.Actions.FirstOrDefault(a => a.CompleteOrchestration?.FailureDetails?.ErrorType == "System.OutOfMemoryException") is { } again)
                    throw new InvalidOperationException(again.CompleteOrchestration.Result);
                return response;
            }
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
                            FailureDetails = new() { ErrorType = "System.Net.Http.HttpRequestException", ErrorMessage = "Connection refused" },
                        },
                    },
                },
            };
        }

        private sealed class Remote(HandlerProcess handler, FunctionJson function, Func<string> clientBinding) : TaskActivity<JsonElement, string>
        {
            public override async Task<string> RunAsync(TaskActivityContext context, JsonElement input)
            {
                var invocation = Invocation.Of(function, $"[{(input.ValueKind is JsonValueKind.Undefined ? "null" : input.GetRawText())}]", isObject: false, clientBinding(), new()
                {
                    ["instanceId"] = JsonSerializer.Serialize(context.InstanceId),
                });
                return await handler.Invoke(function.Name, invocation) ?? throw new FunctionInvocationException($"Exception while executing function: Functions.{function.Name}");
            }
        }
    }
}

namespace Microsoft.Azure.WebJobs.Host
{
    /// <summary>Under this name the host reports every activity call it could not make.</summary>
    public sealed class FunctionInvocationException(string message) : Exception(message);
}
