using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Consent;

/// <summary>A consent that somebody of the shop writes down for a customer: on the phone, at the till, on
/// paper.</summary>
/// <param name="Evidence">How we know.</param>
/// <param name="Wording">The words that were agreed to.</param>
/// <param name="Page">Where they stood.</param>
public sealed record GivenConsent(string Channel, string Evidence, string? Wording = null, string? Page = null)
{
    /// <summary>Longer texts are no evidence one would read.</summary>
    public const int Longest = 1000;

    /// <summary>There is a channel we could write on; nobody agrees to anything else.</summary>
    public bool HasChannel => ConsentByHand.Channels.Contains(Channel);

    /// <summary>A consent given counts only with how we know (the law wants the record).</summary>
    public bool HasEvidence => Evidence.Trim() is { Length: > 0 and <= Longest };
    public bool IsTooLong => Math.Max(Evidence.Length, Math.Max(Wording?.Length ?? 0, Page?.Length ?? 0)) > Longest;
}

/// <summary>What the shop's own people write down for a customer who told them so.</summary>
public sealed class ConsentByHand(ConsentService consents, CustomerStore customers, TimeProvider time)
{
    public const string How = "console";

    public static IReadOnlyList<string> Channels { get; } = ["email", "line", "sms"];

    /// <summary>No marketing any more, on no channel; what says no already is left alone. Null: there is no such
    /// customer.</summary>
    /// <param name="who">The name of the key of whoever writes it down.</param>
    public async Task<Customer?> StopAll(CustomerId id, string who)
    {
        if ((await customers.Find(id))?.Value is not { ErasedAt: null } customer) return null;
        foreach (var channel in customer.Consent.Keys.Append("email").Distinct().ToList())
            if (customer.Consent.GetValueOrDefault(channel) is not { State: ConsentState.Withdrawn })
                customer = await consents.Record(
                    customer.Id, channel, new(ConsentState.Withdrawn, time.GetUtcNow(), How, who)) ?? customer;
        return customer;
    }

    /// <summary>They agreed. Null: there is no such customer.</summary>
    /// <exception cref="ArgumentException">No channel or no evidence.</exception>
    public Task<Customer?> Give(CustomerId id, GivenConsent given, string who) =>
        !given.HasChannel || !given.HasEvidence || given.IsTooLong
            ? throw new ArgumentException("A consent needs a channel and evidence.", nameof(given))
            : consents.Record(
                id,
                given.Channel,
                new(ConsentState.Given, time.GetUtcNow(), How, $"{given.Evidence.Trim()} ({who})")
                {
                    Wording = Text(given.Wording),
                    Page = Text(given.Page),
                });

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
