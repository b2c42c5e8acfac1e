using Automation.Marketing.People;

namespace Automation.Marketing.Sending;

/// <summary>May this message go to this customer now? Pure: no clock, no tables.</summary>
public static class Gate
{
    /// <param name="opens">When the shop's quiet hours end; now or earlier: they are over.</param>
    public static Verdict Judge(
        Purpose purpose, Customer customer, string channel, DateTimeOffset now, DateTimeOffset opens)
    {
        var consent = customer.Consent.GetValueOrDefault(channel)?.State ?? ConsentState.Unknown;
        return (purpose, consent, customer.Suppressed.GetValueOrDefault(channel)) switch
        {
            _ when customer.Test => Verdict.No("test customer"),
            _ when Address(customer, channel) is null => Verdict.No($"no {channel} address"),
            (_, _, { } reason) => Verdict.No($"suppressed: {reason}"),
            // LINE answers 200 for who has blocked us: there is a way there only as long as somebody follows.
            (Purpose.Transactional, _, _) when channel != Identity.Line => Verdict.Yes,
            (_, not ConsentState.Given, _) => Verdict.No($"consent: {consent.ToString().ToLowerInvariant()}"),
            (Purpose.Transactional, _, _) => Verdict.Yes,
            _ when customer.Preferences?.PausedUntil is { } paused
                && paused > now => Verdict.Later(paused, "paused by the customer"),
            _ when opens > now => Verdict.Later(opens, "quiet hours"),
            _ => Verdict.Yes,
        };
    }

    /// <summary>The customer's address on a channel; null: there is none, or it is none.</summary>
    public static string? Address(Customer customer, string channel) => channel switch
    {
        "email" => customer.Email is { } address && Mailbox.IsAddress(address) ? address : null,
        Identity.Line => customer.Identities.LastOrDefault(IsLine)?[LinePrefix.Length..],
        _ => null,
    };

    private const string LinePrefix = Identity.Line + ":";

    private static bool IsLine(string identity) => identity.StartsWith(LinePrefix, StringComparison.Ordinal);
}
