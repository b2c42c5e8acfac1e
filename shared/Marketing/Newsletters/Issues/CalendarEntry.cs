using System.Text.Json.Serialization;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>A slot in the calendar, as people look at it.</summary>
public sealed record CalendarEntry([property: JsonIgnore] CalendarSlot Of)
{
    public string Newsletter => Of.Newsletter.Id;
    public string Name => Of.Newsletter.Name;
    public string Date => Of.Slot.Id.RowKey;
    public DateTimeOffset At => Of.Slot.At;
    public IssueState State => Of.State;

    /// <summary>The file it goes or went out with.</summary>
    public string? File => Of.File;
    public string? Holiday => Of.Slot.Holiday;
    public string? Because => Of.Because;

    /// <summary>Within how many days it is due and has no issue.</summary>
    public int? WarningDays => Of.Warning;
}
