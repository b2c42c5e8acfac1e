using DurableTask.Core.Exceptions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>What the Durable extension answers to its client in the worker, over the hub that stands in for its engine.
/// As there: an instance that is alive is not started again, and what is not there, or has ended, is not told
/// anything.</summary>
internal sealed class DurableService(DurableTaskClient hub) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    public override async Task<CreateInstanceResponse> StartInstance(
        CreateInstanceRequest request, ServerCallContext context)
    {
        try
        {
            var id = await hub.ScheduleNewOrchestrationInstanceAsync(
                request.Name, Raw.Of(request.Input), new StartOrchestrationOptions(request.InstanceId),
                context.CancellationToken);
            return new() { InstanceId = id };
        }
        catch (OrchestrationAlreadyExistsException alive)
        {
            throw new RpcException(new Status(StatusCode.AlreadyExists, alive.Message));
        }
    }

    public override async Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context)
    {
        var found = await hub.GetInstanceAsync(request.InstanceId, context.CancellationToken)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"There is no instance {request.InstanceId}."));
        if (found.IsCompleted)
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"{request.InstanceId} has ended."));
        await hub.RaiseEventAsync(request.InstanceId, request.Name, Raw.Of(request.Input), context.CancellationToken);
        return new();
    }

    public override async Task<GetInstanceResponse> GetInstance(
        GetInstanceRequest request, ServerCallContext context) =>
            await hub.GetInstanceAsync(request.InstanceId, context.CancellationToken) is not { } found
                ? new() { Exists = false } : new()
                {
                    Exists = true,
                    OrchestrationState = new()
                    {
                        InstanceId = found.InstanceId,
                        Name = found.Name,
                        OrchestrationStatus = (OrchestrationStatus)(int)found.RuntimeStatus,
                        CreatedTimestamp = Timestamp.FromDateTimeOffset(found.CreatedAt),
                        LastUpdatedTimestamp = Timestamp.FromDateTimeOffset(found.LastUpdatedAt),
                    },
                };
}

/// <summary>Payloads that are JSON already.</summary>
internal static class Raw
{
    public static object? Of(string? json) =>
        json is null ? null : System.Text.Json.JsonDocument.Parse(json).RootElement;
}
