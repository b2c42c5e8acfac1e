using System.Net;
using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Consent;

/// <summary>Records that a customer said yes or no:
/// <c>{"channel":"email","state":"given","at":…,"evidence":{"wording":…,"page":…,"ip":…}}</c>. Twice the same is
/// once.</summary>
public sealed class PutConsent(ConsentService consents, TimeProvider time)
{
    /// <summary>How far a caller's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    [Function(nameof(PutConsent)), Asks(Body = "application/json")]
    public async Task<Results<Ok<CustomerProfile>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/customers/{id}/consent")] HttpRequest request,
        string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        if (Read(body.Bytes, out var channel, out var said) is { } wrong) return Refusal.Unreadable(wrong);
        return CustomerId.Parse(id) is { } known && await consents.Record(known, channel, said!) is { } customer
            ? TypedResults.Ok(new CustomerProfile(customer, time.GetUtcNow()))
            : Missing.Customer;
    }

    /// <summary>What is wrong, or null.</summary>
    private string? Read(ReadOnlyMemory<byte> body, out string channel, out ConsentRecord? said)
    {
        (channel, said) = ("", null);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is not JsonValueKind.Object)
                return "Send an object: {\"channel\":\"email\",\"state\":\"given\",\"evidence\":{…}}.";
            var at = time.GetUtcNow();
            ConsentState? state = null;
            JsonElement? evidence = null;
            foreach (var property in json.RootElement.EnumerateObject())
            {
                var (name, value) = (property.Name, property.Value);
                if (name == "channel" && value.ValueKind is JsonValueKind.String) channel = value.GetString()!;
                else if (name == "state" && value.ValueKind is JsonValueKind.String) state = State(value.GetString()!);
                else if (name == "at" && value.ValueKind is JsonValueKind.String
                    && value.TryGetDateTimeOffset(out var told)) at = told;
                else if (name == "evidence") evidence = value.ValueKind is JsonValueKind.Null ? null : value;
                else return $"'{name}' is not understood; there are channel, state, at (ISO 8601) and evidence.";
            }
            if (channel is not ("email" or "line" or "sms")) return "'channel' must be \"email\", \"line\" or \"sms\".";
            if (state is not { } known)
                return "'state' must be \"given\" or \"withdrawn\" (or \"pending\", \"unknown\").";
            if (at > time.GetUtcNow() + Skew)
                return "'at' is in the future: it would outlast whatever the customer says until then.";
            if (known is ConsentState.Given && evidence is null)
                return "'evidence' is missing: a consent given counts only with how we know (the law wants the "
                    + "record).";
            said = new ConsentRecord(known, at, "api");
            return evidence is { } shown ? Evidence(shown, ref said) : null;
        }
        catch (JsonException wrong)
        {
            return $"This is not JSON: {wrong.Message}";
        }
        catch (InvalidOperationException)
        {
            return "A text in it holds half a character (an unpaired \\u surrogate).";
        }
    }

    /// <summary>A text, or an object: wording, page and ip have their own places, the rest is kept as it is.</summary>
    private static string? Evidence(JsonElement evidence, ref ConsentRecord said)
    {
        if (evidence.ValueKind is not JsonValueKind.Object)
        {
            said = said with
            {
                Evidence = evidence.ValueKind is JsonValueKind.String ? evidence.GetString() : evidence.GetRawText()
            };
            return null;
        }
        var others = false;
        foreach (var property in evidence.EnumerateObject())
        {
            var text = property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString() : null;
            if (property.Name is not ("wording" or "page" or "ip")) others = true;
            else if (text is null || property.Name == "ip" && !IPAddress.TryParse(text, out _))
                return $"'evidence.{property.Name}' must be {(property.Name == "ip" ? "an IP address" : "a text")}.";
            else said = property.Name switch
            {
                "wording" => said with { Wording = text },
                "page" => said with { Page = text },
                _ => said with { Ip = text }
            };
        }
        if (others) said = said with { Evidence = evidence.GetRawText() };
        return null;
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
