using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Functions.Customers;

/// <summary>One thing that happened to a customer: when, of which kind, its row key, its row as JSON.</summary>
public sealed record Happening(DateTimeOffset At, string Kind, string Key, JsonElement Row);

/// <summary>Timelines in answers.</summary>
public static class TimelineAnswers
{
    public static void Write(this Utf8JsonWriter json, Happening happening)
    {
        json.WriteStartObject();
        json.WriteString("at", happening.At);
        json.WriteString("kind", happening.Kind);
        json.WriteString("key", happening.Key);
        json.WritePropertyName("what");
        happening.Row.WriteTo(json);
        json.WriteEndObject();
    }
}
