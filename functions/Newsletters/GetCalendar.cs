using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>The coming eight weeks of slots: what is due when, how far each issue is, which slots still wait for theirs.</summary>
public sealed class GetCalendar(NewsletterCalendar calendar)
{
    [Function(nameof(GetCalendar))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/calendar")] HttpRequest request)
    {
        var http = request.HttpContext;
        var slots = await calendar.Coming(http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var slot in slots) Write(json, slot);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, CalendarSlot slot)
    {
        json.WriteStartObject();
        json.WriteString("newsletter", slot.Newsletter.Id);
        json.WriteString("name", slot.Newsletter.Name);
        json.WriteString("date", slot.Slot.Id.RowKey);
        json.WriteString("at", slot.Slot.At);
        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(slot.State.ToString()));
        if (slot.File is { } file) json.WriteString("file", file);
        if (slot.Slot.Holiday is { } holiday) json.WriteString("holiday", holiday);
        if (slot.Because is { } because) json.WriteString("because", because);
        if (slot.Warning is { } days) json.WriteNumber("warningDays", days);
        json.WriteEndObject();
    }
}
