using System.Text.Json;
using Automation.Marketing.Sending;

namespace Automation.Functions.Customers;

/// <summary>Verdicts as <c>/api</c> shows them, within an object: <c>verdict</c> (yes, later, no), <c>until</c>, <c>because</c>.</summary>
public static class VerdictAnswers
{
    public static void Write(this Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteString("verdict", verdict switch { Verdict.Allowed => "yes", Verdict.Deferred => "later", _ => "no" });
        if (verdict is Verdict.Deferred { Until: var until }) json.WriteString("until", until);
        if (verdict switch { Verdict.Deferred later => later.Reason, Verdict.Refused no => no.Reason, _ => null } is { } because) json.WriteString("because", because);
    }
}
