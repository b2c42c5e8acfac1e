using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.History;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.People;

namespace Automation.Console.Customers;

/// <summary>What somebody looks for, and whom they may mean.</summary>
/// <param name="Text">As typed; empty: nothing yet.</param>
/// <param name="Found">Null: nothing was asked.</param>
public sealed record CustomerResults(string Text, Page<Customer>? Found = null);

/// <summary>A journey or newsletter by its name.</summary>
public sealed record Named(string Id, string Name);

/// <summary>All that is known of one customer, and what was asked or typed on their page.</summary>
public sealed record CustomerView
{
    public required CustomerProfile Profile { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>From when on somebody is late: 1 is on time.</summary>
    public required double LateFrom { get; init; }
    public required IReadOnlyList<Named> Journeys { get; init; }
    public required IReadOnlyList<Named> Newsletters { get; init; }

    /// <summary>The whole timeline, not its latest part alone.</summary>
    public bool All { get; init; }

    /// <summary>What was asked why: <c>journey:{id}</c> or <c>newsletter:{id}</c>; null: nothing.</summary>
    public string? Why { get; init; }
    public JourneyExplanation? Journey { get; init; }
    public NewsletterExplanation? Newsletter { get; init; }

    /// <summary>A consent as typed that was refused.</summary>
    public GivenConsent? Typed { get; init; }

    /// <summary>The journey they were to begin, and why they did not.</summary>
    public (string Journey, string Because)? NotEnrolled { get; init; }

    public Customer Customer => Profile.Of;
    public string Address => $"/console/customers/{Customer.Id}";

    public string JourneyName(string id) => Journeys.FirstOrDefault(one => one.Id == id)?.Name ?? id;
    public string NewsletterName(string id) => Newsletters.FirstOrDefault(one => one.Id == id)?.Name ?? id;
}
