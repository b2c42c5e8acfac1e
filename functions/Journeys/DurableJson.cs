using System.Text.Json.Serialization;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>What travels in orchestrations: small, and without personal data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Leg))]
[JsonSerializable(typeof(Pause))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(object))]
internal sealed partial class DurableJson : JsonSerializerContext;
