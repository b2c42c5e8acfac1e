using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Journeys;

/// <summary>A customer's walks through a journey, what its trigger asks for and how it stands with them, what goes
/// before it, and whether a mail of it might go now.</summary>
public sealed class ExplainJourney(
    EnrollmentStore enrollments, PublishedJourneys journeys, Precedence precedence, SendForecast forecast,
    TimeProvider time)
{
    /// <summary>Null: there is no such journey, and was none for them.</summary>
    public async Task<JourneyExplanation?> Of(string name, Customer customer)
    {
        var walks = new List<Stored<Enrollment>>();
        foreach (var one in (CustomerId[])[customer.Id, .. customer.MergedFrom])
            walks.AddRange(await enrollments.Of(one, name));
        var journey = journeys.Latest(name);
        if (journey is null && walks.Count == 0) return null;
        var situation = journeys.Situation(customer, time.GetUtcNow());
        return new()
        {
            Journey = name,
            Enrollments = [.. walks.Select(walk => new EnrollmentSummary(walk.Value))],
            Trigger = journey is null ? null : Trigger(journey, situation),
            Behind = await precedence.Of(customer, name),
            Mail = journey is null ? null : await Mail(journey.Journey, situation),
        };
    }

    private TriggerExplanation Trigger(PublishedJourney journey, Situation situation)
    {
        var trigger = journey.Journey.Trigger;
        var asked = (trigger as Trigger.Becomes)?.If ?? trigger.Where;
        return new(
            trigger.InWords,
            asked is null ? null : Conditions.InWords(asked),
            asked is null ? null : Conditions.Explain(asked, situation),
            journeys.IsPaused(journey.Id));
    }

    private async Task<MailExplanation> Mail(Journey journey, Situation situation)
    {
        var onLine = Steps.Lines(journey).Count > 0;
        var verdict = await forecast.Of(
            journey.Purpose, situation, Steps.Mails(journey).Count > 0 || !onLine, onLine);
        return new(journey.Purpose, verdict.Word(), verdict.Until(), verdict.Because());
    }
}

/// <summary>How a customer stands with a journey.</summary>
public sealed record JourneyExplanation
{
    public required string Journey { get; init; }
    public required IReadOnlyList<EnrollmentSummary> Enrollments { get; init; }

    /// <summary>Null: the journey is not in force any more.</summary>
    public TriggerExplanation? Trigger { get; init; }

    /// <summary>The journey of its group that they are in, and that goes first.</summary>
    public Ahead? Behind { get; init; }
    public MailExplanation? Mail { get; init; }
}

/// <summary>What starts a journey.</summary>
/// <param name="Where">What it asks for, in words.</param>
/// <param name="Now">How that stands with the customer.</param>
public sealed record TriggerExplanation(string Event, string? Where, string? Now, bool Paused);

/// <summary>Might a mail go now?</summary>
/// <param name="Verdict"><c>yes</c>, <c>later</c> or <c>no</c>.</param>
public sealed record MailExplanation(Purpose Purpose, string Verdict, DateTimeOffset? Until, string? Because);
