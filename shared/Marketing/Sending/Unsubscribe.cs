using Automation.Marketing.Consent;
using Automation.Marketing.Events;

namespace Automation.Marketing.Sending;

/// <summary>The opt-out link: looking at it changes nothing, the button (or a mail client's one click) withdraws the consent.</summary>
public sealed class Unsubscribe(UnsubscribeTokens tokens, ConsentDesk consents, TimeProvider time)
{
    /// <summary>What GET shows.</summary>
    public UnsubscribePage Page(string token) => tokens.Read(token) is null ? UnsubscribePage.Unknown : UnsubscribePage.Ask;

    /// <summary>What POST does; a second time is normal. <paramref name="how"/>: <c>unsubscribe link</c> or <c>one-click</c>.</summary>
    public async Task<UnsubscribePage> Do(string token, string how, EventHandling? handling)
    {
        if (tokens.Read(token) is not { } unsubscription) return UnsubscribePage.Unknown;
        var said = new ConsentRecord(ConsentState.Withdrawn, time.GetUtcNow(), how, unsubscription.Send);
        return await consents.Record(unsubscription.Customer, unsubscription.Channel, said, handling) is null ? UnsubscribePage.Unknown : UnsubscribePage.Done;
    }
}
