using System.Text.Json;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Choices;

/// <summary>Parts a LINE account from the customer it was joined to. Killed anywhere, parting them again
/// finishes.</summary>
public sealed class LineParting(
    LineLinking linking, CustomerStore customers, ConsentService consents, TimeProvider time)
{
    /// <summary>How consent was withdrawn where a LINE account was parted from its customer.</summary>
    public const string Parting = "line unlink";

    /// <summary>Parts them again: the LINE account is a customer of its own, who follows the shop as before.</summary>
    public async Task<LinkStep> Part(string token)
    {
        if (await linking.Invited(token) is not { } who) return new LinkStep.Unknown();
        if (!LineLinking.IsLinked(who) || Gate.Address(who, Identity.Line) is not { } user)
            return new LinkStep.Asks(who);
        var (identity, said) = (new Identity(Identity.Line, user), Said(who));
        await consents.Record(who.Id, Identity.Line, Parted(said, time.GetUtcNow()));
        await customers.Part(who.Id, identity);
        var alone = await customers.Recognise(
            new Buyer
            {
                Identities = [identity],
                Consent = said is null ? new Dictionary<string, ConsentRecord>()
                    : new Dictionary<string, ConsentRecord> { [Identity.Line] = said },
                SeenAt = DateTimeOffset.MinValue,
            }, "line:unlink", customer => customer);
        return alone is null ? new LinkStep.Unknown() : new LinkStep.Asks(alone.Customer);
    }

    /// <summary>What they said themselves. A parting that was cut short has withdrawn it already, only for who is left,
    /// and keeps what was said as its evidence.</summary>
    private static ConsentRecord? Said(Customer who) => who.Consent.GetValueOrDefault(Identity.Line) switch
    {
        { How: Parting, Evidence: var before } =>
            before is null ? null : JsonSerializer.Deserialize(before, CustomerJson.ConsentRecord),
        var said => said,
    };

    private static ConsentRecord Parted(ConsentRecord? said, DateTimeOffset now) => new(
        ConsentState.Withdrawn, now, Parting,
        said is null ? null : JsonSerializer.Serialize(said, CustomerJson.ConsentRecord));
}
