using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Newsletters;
using Automation.Marketing.Customers;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Functions.Customers;

/// <summary>A newsletter's coming issue, and whether a customer would get it; where it has come to them, what became of it.</summary>
public sealed class ExplainNewsletter(PublishedNewsletters newsletters, ComingIssues issues, SlotDesk slots)
{
    public async Task Answer(HttpContext http, string name, Customer customer)
    {
        if (newsletters.Find(name) is not { } newsletter) { await http.NoSuchNewsletter(); return; }
        var coming = await issues.Find(newsletter, customer);
        var slot = coming is null ? null : await Slot(newsletter, coming.Appointment);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("newsletter", name);
            if (slot is not null) Write(json, slot);
            if (coming is not null) Write(json, coming, newsletter);
            json.WriteEndObject();
        });
    }

    private async Task<CalendarSlot> Slot(Newsletter newsletter, Appointment appointment)
    {
        var slot = new Slot(appointment.Id, appointment.Slot);
        return new(newsletter, slot, appointment.Issue, await slots.Fill(newsletter, slot), null);
    }

    private static void Write(Utf8JsonWriter json, CalendarSlot slot)
    {
        json.WriteStartObject("issue");
        json.WriteString("date", slot.Slot.Id.RowKey);
        json.WriteString("at", slot.Slot.At);
        json.WriteString("state", slot.State.ToString().ToLowerInvariant());
        if (slot.File is { } file) json.WriteString("file", file);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ComingIssue coming, Newsletter newsletter)
    {
        if (coming.Send is null or { State: SendState.Released }) json.Write(coming.Verdict ?? Verdict.No("not in the audience"));
        if (newsletter.Audience is { } audience)
        {
            json.WriteStartObject("audience");
            json.WriteString("where", Conditions.InWords(audience));
            json.WriteString("now", coming.Audience);
            json.WriteEndObject();
        }
        if (coming.Send is not { } send) return;
        json.WritePropertyName("send");
        JsonSerializer.Serialize(json, send, SendJson.Send);
    }
}
