namespace Automation.Marketing.Newsletters;

/// <summary>A slot in the calendar, as people look at it.</summary>
public sealed record CalendarEntry
{
    public required string Newsletter { get; init; }
    public required string Name { get; init; }
    public required string Date { get; init; }
    public required DateTimeOffset At { get; init; }
    public required IssueState State { get; init; }

    /// <summary>The file it goes or went out with.</summary>
    public string? File { get; init; }
    public string? Holiday { get; init; }
    public string? Because { get; init; }

    /// <summary>Within how many days it is due and has no issue.</summary>
    public int? WarningDays { get; init; }

    public static CalendarEntry Of(CalendarSlot slot) => new()
    {
        Newsletter = slot.Newsletter.Id,
        Name = slot.Newsletter.Name,
        Date = slot.Slot.Id.RowKey,
        At = slot.Slot.At,
        State = slot.State,
        File = slot.File,
        Holiday = slot.Slot.Holiday,
        Because = slot.Because,
        WarningDays = slot.Warning,
    };
}
