using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Journeys;

/// <summary>Journeys, enrollments and problems as <c>/api</c> shows them.</summary>
public static class JourneyAnswers
{
    public static Task NoSuchJourney(this HttpContext http) => http.Refuse(StatusCodes.Status404NotFound, "There is no such journey.");

    public static void Write(this Utf8JsonWriter json, Enrollment enrollment)
    {
        json.WriteStartObject();
        json.WriteString("id", enrollment.Id.ToString());
        json.WriteString("customer", enrollment.Id.Customer.Value);
        json.WriteNumber("version", enrollment.Version);
        json.WriteString("startedAt", enrollment.StartedAt);
        json.WriteString("startedBy", $"{enrollment.Trigger.Type} {enrollment.Trigger.Id}");
        json.WriteString("cursor", enrollment.Walk.Cursor);
        json.WriteString("since", enrollment.Walk.Since);
        if (enrollment is { IsLive: true } && (enrollment.Walk.HeldUntil ?? enrollment.Until) is { } until)
            json.WriteString("until", until);
        if (enrollment.Outcome is { } outcome) json.WriteString("outcome", outcome.ToString().ToLowerInvariant());
        if (enrollment.Because is { } because) json.WriteString("because", because);
        if (enrollment.EndedAt is { } ended) json.WriteString("endedAt", ended);
        if (enrollment.GoalAt is { } goal) json.WriteString("goalAt", goal);
        json.WriteEndObject();
    }

    public static void Write(this Utf8JsonWriter json, string name, IEnumerable<Problem> problems)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("file", problem.File);
            json.WriteNumber("line", problem.Line);
            json.WriteNumber("column", problem.Column);
            json.WriteString("message", problem.Message);
            if (problem.Suggestion is { } suggestion) json.WriteString("suggestion", suggestion);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Write(this Utf8JsonWriter json, PublishedJourney journey, bool paused)
    {
        json.WriteStartObject();
        json.WriteString("id", journey.Id);
        json.WriteString("name", journey.Journey.Name);
        json.WriteNumber("version", journey.Version);
        json.WriteString("purpose", journey.Journey.Purpose.ToString().ToLowerInvariant());
        json.WriteString("trigger", journey.Journey.Trigger.Event);
        json.WriteBoolean("paused", paused);
        json.WriteEndObject();
    }
}
