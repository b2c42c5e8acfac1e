using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Customers;

/// <summary>Records that a customer said yes or no: <c>{"channel":"email","state":"given","at":…,"evidence":…}</c>. Twice the same is once.</summary>
public sealed class PutConsent(ConsentDesk consents, EventHandling handling, TimeProvider time)
{
    public async Task Run(HttpContext http)
    {
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        using var body = await RequestBody.Read(http.Request);
        if (Read(body.Bytes, out var channel, out var said) is { } wrong) { await http.Refuse(StatusCodes.Status400BadRequest, wrong); return; }
        if (http.CustomerId() is not { } id || await consents.Record(id, channel, said!, handling) is not { } customer) await http.NoSuchCustomer();
        else await http.Ok(json => json.Write(customer, time.GetUtcNow()));
    }

    /// <summary>What is wrong, or null.</summary>
    private string? Read(ReadOnlyMemory<byte> body, out string channel, out ConsentRecord? said)
    {
        (channel, said) = ("", null);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is not JsonValueKind.Object) return "Send an object: {\"channel\":\"email\",\"state\":\"given\",\"evidence\":{…}}.";
            var at = time.GetUtcNow();
            ConsentState? state = null;
            string? evidence = null;
            foreach (var property in json.RootElement.EnumerateObject())
            {
                var (name, value) = (property.Name, property.Value);
                if (name == "channel" && value.ValueKind is JsonValueKind.String) channel = value.GetString()!;
                else if (name == "state" && value.ValueKind is JsonValueKind.String) state = State(value.GetString()!);
                else if (name == "at" && value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out var told)) at = told;
                else if (name == "evidence") evidence = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
                else return $"'{name}' is not understood; there are channel, state, at (ISO 8601) and evidence.";
            }
            if (channel is not ("email" or "line")) return "'channel' must be \"email\" or \"line\".";
            if (state is not { } known) return "'state' must be \"given\" or \"withdrawn\" (or \"pending\", \"unknown\").";
            if (known is ConsentState.Given && evidence is null) return "'evidence' is missing: a consent given counts only with how we know (the law wants the record).";
            said = new ConsentRecord(known, at, "api", evidence);
            return null;
        }
        catch (JsonException wrong)
        {
            return $"This is no JSON: {wrong.Message}";
        }
    }

    private static ConsentState? State(string text) => text switch
    {
        "given" => ConsentState.Given,
        "withdrawn" => ConsentState.Withdrawn,
        "pending" => ConsentState.Pending,
        "unknown" => ConsentState.Unknown,
        _ => null,
    };
}
