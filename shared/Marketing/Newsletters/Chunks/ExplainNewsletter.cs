using System.Text.Json;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A newsletter's coming issue, and whether a customer would get it; where it has come to them, what became of
/// it.</summary>
public sealed class ExplainNewsletter(PublishedNewsletters newsletters, ComingIssues issues, SlotContents contents)
{
    /// <summary>Null: there is no such newsletter.</summary>
    public async Task<NewsletterExplanation?> Of(string name, Customer customer)
    {
        if (newsletters.Find(name) is not { } newsletter) return null;
        if (await issues.Find(newsletter, customer) is not { } coming) return new() { Newsletter = name };
        var verdict = coming.Send is null or { State: SendState.Released }
            ? coming.Verdict ?? Verdict.No("not in the audience")
            : null;
        return new()
        {
            Newsletter = name,
            Issue = await Slot(newsletter, coming.PlannedMailing),
            Verdict = verdict?.Word(),
            Until = verdict?.Until(),
            Because = verdict?.Because(),
            Audience = newsletter.Audience is { } audience ? new(Conditions.InWords(audience), coming.Audience) : null,
            Send = coming.Send is { } send ? JsonSerializer.SerializeToElement(send, SendJson.Send) : null,
        };
    }

    private async Task<CalendarSlot> Slot(Newsletter newsletter, PlannedMailing appointment)
    {
        var slot = new Slot(appointment.Id, appointment.Slot);
        return new()
        {
            Newsletter = newsletter,
            Slot = slot,
            Issue = appointment.Issue,
            SlotContent = await contents.Of(newsletter, slot),
            Warning = null,
        };
    }
}

/// <summary>How a customer stands with a newsletter's coming issue.</summary>
public sealed record NewsletterExplanation
{
    public required string Newsletter { get; init; }

    /// <summary>Null: none is coming.</summary>
    public IssueExplanation? Issue { get; init; }

    /// <summary><c>yes</c>, <c>later</c> or <c>no</c>; null where it has come to them.</summary>
    public string? Verdict { get; init; }
    public DateTimeOffset? Until { get; init; }
    public string? Because { get; init; }
    public AudienceExplanation? Audience { get; init; }

    /// <summary>What became of it: the ledger's row.</summary>
    public JsonElement? Send { get; init; }
}

/// <summary>A coming issue.</summary>
public sealed record IssueExplanation(string Date, DateTimeOffset At, IssueState State, string? File)
{
    public static implicit operator IssueExplanation(CalendarSlot slot) =>
        new(slot.Slot.Id.RowKey, slot.Slot.At, slot.State, slot.File);
}

/// <summary>What an audience asks for, in words, and how that stands with the customer.</summary>
public sealed record AudienceExplanation(string Where, string? Now);
