using System.Globalization;
using System.Text.Json.Serialization;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Slots;

/// <summary>Names one issue: its newsletter and the date of its slot, which is the name of its file. Written
/// <c>weekly/2026-11-25</c>.</summary>
public readonly record struct IssueId(string Newsletter, DateOnly Date)
{
    public string RowKey => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What its sends are for (<see cref="People.Send.For"/>).</summary>
    public string For => $"newsletter:{this}";

    /// <summary>The id of the orchestration that sends it: starting it twice is harmless.</summary>
    public string Instance => $"issue-{Newsletter}-{RowKey}";

    /// <summary>The 16 hex digits that all of its send ids end with.</summary>
    [JsonIgnore] public string Hash => HashOf(For);

    /// <summary>The same of those of its LINE messages that go beside mails.</summary>
    [JsonIgnore] public string LineHash => HashOf(Ledger.OnLine(For));

    private static string HashOf(string reason) => Ledger.Id(new CustomerId(new string('0', 24)), reason)[25..];

    public override string ToString() => $"{Newsletter}/{RowKey}";

    /// <summary>Null where it is none; days outside two centuries are nobody's appointment, and the calendar reckons
    /// around a day.</summary>
    public static IssueId? Parse(string text) =>
        text.Split('/') is [{ Length: > 0 } newsletter, var day]
        && Keys.CanBe(newsletter)
        && DateOnly.TryParseExact(
            day,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date) && date.Year is >= 2000 and < 2200
            ? new(newsletter, date)
            : null;

    /// <summary>Is a file's name, without its ending, the date of a slot?</summary>
    public static bool IsDate(string file) => DateOnly.TryParseExact(
        file, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
