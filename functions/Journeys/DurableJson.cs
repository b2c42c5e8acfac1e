using System.Text.Json.Serialization;
using Automation.Functions.Newsletters;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;

namespace Automation.Functions.Journeys;

/// <summary>What travels in orchestrations: small, and without personal data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(JourneyRun))]
[JsonSerializable(typeof(Pause))]
[JsonSerializable(typeof(IssueRun))]
[JsonSerializable(typeof(IssueStep))]
[JsonSerializable(typeof(IssueClosing))]
[JsonSerializable(typeof(ShardRun))]
[JsonSerializable(typeof(ShardOutcome))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(object[]))]
internal sealed partial class DurableJson : JsonSerializerContext;
