using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Consent;

/// <summary>What a customer may do on the page behind the link below each marketing mail.</summary>
public abstract record Choice
{
    /// <summary>Stop everything. <paramref name="How"/>: <c>unsubscribe link</c>, or <c>one-click</c> (RFC 8058).</summary>
    public sealed record Stop(string How) : Choice;

    /// <summary>Mails again, after a stop.</summary>
    public sealed record Again : Choice;

    /// <summary>Of each newsletter only the first issue of a month; or all of them.</summary>
    public sealed record Monthly(bool Only) : Choice;

    /// <summary>Nothing for 30 days; or from now on again.</summary>
    public sealed record Pause(bool Begins) : Choice;

    /// <summary>Only these of the newsletters that were on the page.</summary>
    public sealed record Topics(IReadOnlyList<string> Wanted) : Choice;

    private Choice() { }
}

/// <summary>A newsletter as readers choose it.</summary>
public sealed record Topic(string Id, string Name);

/// <summary>What the page shows: the customer as they are now, and what was chosen just before; null: they only look.</summary>
public sealed record PreferenceView(Customer Customer, string Channel, IReadOnlyList<Topic> Topics, DateTimeOffset Now, Choice? Chosen)
{
    public bool Stopped => Customer.Consent.GetValueOrDefault(Channel)?.State != ConsentState.Given;
    public Preferences Preferences => Customer.Preferences ?? Preferences.None;
    public DateTimeOffset? PausedUntil => Preferences.PausedUntil > Now ? Preferences.PausedUntil : null;
}

/// <summary>The customer's own choices: looking changes nothing, a choice takes effect before the next send. A second time is normal.</summary>
/// <param name="topics">The newsletters there are.</param>
public sealed class PreferenceDesk(UnsubscribeTokens tokens, ConsentDesk consents, CustomerStore customers, Func<ShopSettings> shop, Func<IReadOnlyList<Topic>> topics, TimeProvider time)
{
    /// <summary>Which page was agreed on; to be raised when its wording changes.</summary>
    public const string Page = "preferences 1";

    public static readonly TimeSpan Silence = TimeSpan.FromDays(30);

    /// <summary>Null: the link is none of ours, or the customer is gone.</summary>
    public async ValueTask<PreferenceView?> Look(string token) =>
        tokens.Read(token) is { } link && await customers.Find(link.Customer) is { Value: { ErasedAt: null } customer } ? View(customer, link, null) : null;

    /// <inheritdoc cref="Look"/>
    /// <param name="ip">Where the choice came from, as far as known.</param>
    public async Task<PreferenceView?> Choose(string token, Choice choice, string? ip, EventHandling? handling)
    {
        if (tokens.Read(token) is not { } link) return null;
        var now = time.GetUtcNow();
        var customer = choice switch
        {
            Choice.Stop(var how) => await Say(new ConsentRecord(ConsentState.Withdrawn, now, how, link.Send) { Ip = ip }),
            Choice.Again => await Say(new ConsentRecord(ConsentState.Given, now, "preference page", link.Send) { Wording = await Wording(link.Customer), Page = Page, Ip = ip }),
            Choice.Monthly(var only) => await Prefer(has => has with { Monthly = only }),
            Choice.Pause(var begins) => await Prefer(has => has with { PausedUntil = begins ? now + Silence : null }),
            Choice.Topics(var wanted) => await Prefer(has => has with { Without = [.. has.Without.Except(topics().Select(topic => topic.Id)), .. topics().Select(topic => topic.Id).Except(wanted)] }),
            _ => throw new InvalidOperationException($"A {choice.GetType().Name} is not something to choose."),
        };
        return customer is null ? null : View(customer, link, choice);

        Task<Customer?> Say(ConsentRecord said) => consents.Record(link.Customer, link.Channel, said, handling);

        Task<Customer?> Prefer(Func<Preferences, Preferences> change) =>
            customers.Change(link.Customer, has => has with { Preferences = change(has.Preferences ?? Preferences.None) });
    }

    /// <summary>What the button said.</summary>
    private async ValueTask<string> Wording(CustomerId id) => PreferenceWords.For((await customers.Find(id))?.Value, shop()).Again;

    private PreferenceView View(Customer customer, Unsubscription link, Choice? chosen) => new(customer, link.Channel, topics(), time.GetUtcNow(), chosen);
}
