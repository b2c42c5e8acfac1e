using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>What a hub finds around it: time, log, payloads, services.</summary>
public sealed record HubEnvironment
{
    /// <summary>The time orchestrations see, and their timers.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Failed deliveries and turns.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>How payloads are read and written.</summary>
    public DataConverter Converter { get; init; } = JsonDataConverter.Default;

    /// <summary>What orchestrators and activities are made of; null: nothing.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Who plays turns; null: a <see cref="TurnPlayer"/> with the registry's orchestrators.</summary>
    public Func<P.OrchestratorRequest, P.OrchestratorResponse>? Play { get; init; }
}
