using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>What a customer may do on the page behind the link below each marketing mail.</summary>
public abstract record Choice
{
    /// <summary>Stop everything, on every channel. <paramref name="How"/>: <c>unsubscribe link</c>; or
    /// <c>one-click</c> (RFC 8058), which is about the channel the link came by.</summary>
    public sealed record Stop(string How) : Choice
    {
        public const string ByLink = "unsubscribe link", ByOneClick = "one-click";
    }

    /// <summary>Stop one channel alone.</summary>
    public sealed record StopOn(string Channel) : Choice;

    /// <summary>Mails again, after a stop. <paramref name="Undo"/>: what the page that followed on the stop carried,
    /// see <see cref="PreferenceView"/>.</summary>
    public sealed record Again(string? Undo = null) : Choice;

    /// <summary>Of each newsletter only the first issue of a month; or all of them.</summary>
    public sealed record Monthly(bool Only) : Choice;

    /// <summary>Nothing for 30 days; or from now on again.</summary>
    public sealed record Pause(bool Begins) : Choice;

    /// <summary>Another address, as typed: a mail there asks whether it is theirs; nothing is changed before.</summary>
    public sealed record Address(string? Typed) : Choice;

    /// <summary>Only these of the newsletters that were on the page.</summary>
    public sealed record Topics(IReadOnlyList<string> Wanted) : Choice;

    private Choice() { }
}

/// <summary>What the page shows: the customer as they are now, and what was chosen just before; null: they only
/// look.</summary>
public sealed record PreferenceView
{
    public required Customer Customer { get; init; }
    public required string Channel { get; init; }
    public required IReadOnlyList<Topic> Topics { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required Choice? Chosen { get; init; }

    /// <summary>Who has left may ask for mails again, and is sent one that asks back.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>Takes back the stop that was just chosen, at once: only this page has it. Null: there is nothing to
    /// take back.</summary>
    public required string? Undo { get; init; }

    /// <summary>The other channels about which something was said, and whether we write there.</summary>
    public IReadOnlyList<(string Channel, bool Writes)> Others =>
        [.. Customer.Consent.Where(said => said.Key != Channel && PreferenceWords.Channels.ContainsKey(said.Key))
            .OrderBy(said => said.Key, StringComparer.Ordinal)
            .Select(said => (said.Key, said.Value.State == ConsentState.Given))];

    public bool Stopped => Customer.Consent.GetValueOrDefault(Channel)?.State != ConsentState.Given;

    /// <summary>They asked for mails again and have not answered the mail that asks back.</summary>
    public bool Asked => Customer.Consent.GetValueOrDefault(Channel)?.State == ConsentState.Pending;
    public Preferences Preferences => Customer.Preferences ?? Preferences.None;

    /// <summary>What became of another address that was typed; null: none was.</summary>
    public AddressAnswer? Address { get; init; }
    public DateTimeOffset? PausedUntil => Preferences.PausedUntil > Now ? Preferences.PausedUntil : null;
}

/// <summary>The customer's own choices: looking changes nothing, a choice takes effect before the next send. A second
/// time is normal. The link may be in anybody's hands, mails are forwarded: it stops for ever, and alone brings nobody
/// back who has left.</summary>
public sealed class PreferenceService(
    LinkTokens links, ConsentService consents, CustomerStore customers, ChoicesOffered offered, CurrentShop shop,
    TimeProvider time)
{
    /// <summary>Which page was agreed on; to be raised when its wording changes.</summary>
    public const string Page = "preferences 1";

    /// <summary>How long a stop can be taken back on the page that followed it.</summary>
    private static readonly TimeSpan Undoable = TimeSpan.FromHours(1);

    public static readonly TimeSpan Silence = TimeSpan.FromDays(30);

    /// <summary>Null: the link is none of ours, or the customer is gone.</summary>
    public async ValueTask<PreferenceView?> Look(string token) =>
        links.Stops.Read(token) is { } link && await customers.Find(
            link.Customer) is { Value: { ErasedAt: null } customer } ? View(customer, link, null) : null;

    /// <inheritdoc cref="Look"/>
    /// <param name="ip">Where the choice came from, as far as known.</param>
    public async Task<PreferenceView?> Choose(string token, Choice choice, string? ip)
    {
        if (links.Stops.Read(token) is not { } link) return null;
        var now = time.GetUtcNow();
        var agreed = choice is Choice.Stop && (await customers.Find(link.Customer))?.Value.Consent.GetValueOrDefault(
            link.Channel)?.State == ConsentState.Given;
        var customer = choice switch
        {
            Choice.Stop(Choice.Stop.ByOneClick) => await Stop(link.Channel, Choice.Stop.ByOneClick),
            Choice.Stop(var how) => await StopAll(how),
            Choice.StopOn(var channel) when PreferenceWords.Channels.ContainsKey(channel) =>
                await Stop(channel, Choice.Stop.ByLink),
            Choice.StopOn or Choice.Address => (await customers.Find(link.Customer))?.Value,
            Choice.Again(var undo) => await Again(undo),
            Choice.Monthly(var only) => await Prefer(has => has with { Monthly = only }),
            Choice.Pause(var begins) => await Prefer(has => has with { PausedUntil = begins ? now + Silence : null }),
            Choice.Topics(var wanted) => await Prefer(has => has with
            {
                Without = [.. has.Without.Except(offered.Topics().Select(topic => topic.Id)),
                    .. offered.Topics().Select(topic => topic.Id).Except(wanted)]
            }),
            _ => throw new InvalidOperationException($"A {choice.GetType().Name} is not something to choose."),
        };
        return customer is null
            ? null
            : View(customer, link, choice) with { Undo = agreed ? Undo(customer, link, now) : null };

        Task<Customer?> Stop(string channel, string how) => consents.Record(
            link.Customer, channel, new ConsentRecord(ConsentState.Withdrawn, now, how, link.Send) { Ip = ip });

        async Task<Customer?> StopAll(string how)
        {
            var stopped = await Stop(link.Channel, how);
            foreach (var (channel, said) in stopped?.Consent ?? new Dictionary<string, ConsentRecord>())
                if (said.State is ConsentState.Given or ConsentState.Pending) stopped = await Stop(channel, how);
            return stopped;
        }

        async Task<Customer?> Again(string? undo)
        {
            if ((await customers.Find(link.Customer))?.Value is not { ErasedAt: null } known) return null;
            if (Next(known, link, undo, now) is not { } state) return known;
            var said = new ConsentRecord(state, now, "preference page", link.Send)
            {
                AskedAt = state == ConsentState.Pending ? now : null,
                Wording = PreferenceWords.For(known, shop.Settings).Again,
                Page = Page,
                Ip = ip,
            };
            // What one stop ended on several channels its undoing brings back on all of them.
            if (state == ConsentState.Given)
                foreach (var channel in SameStop(known, link.Channel))
                    await consents.Record(link.Customer, channel, said);
            return await consents.Record(link.Customer, link.Channel, said);
        }

        Task<Customer?> Prefer(Func<Preferences, Preferences> change) =>
            customers.Change(
                link.Customer, has => has with { Preferences = change(has.Preferences ?? Preferences.None) });
    }

    /// <summary>What asking for mails again leads to; null: to nothing.</summary>
    private ConsentState? Next(Customer customer, Unsubscription link, string? undo, DateTimeOffset now) =>
        customer.Consent.GetValueOrDefault(link.Channel)?.State switch
        {
            ConsentState.Given => null,
            _ when customer.Suppressed.ContainsKey(link.Channel) => null,
            _ when undo is not null && undo == Undo(customer, link, now) => ConsentState.Given,
            _ => offered.AsksBack() ? ConsentState.Pending : null,
        };

    /// <summary>The other channels that were stopped by the same act.</summary>
    private static IEnumerable<string> SameStop(Customer customer, string channel)
    {
        var stop = customer.Consent[channel];
        return customer.Consent
            .Where(said => said.Key != channel && said.Value == stop && !customer.Suppressed.ContainsKey(said.Key))
            .Select(said => said.Key);
    }

    /// <summary>What takes back the stop that holds now; null where none does, or it is too long ago.</summary>
    private string? Undo(Customer customer, Unsubscription link, DateTimeOffset now) =>
        customer.Consent.GetValueOrDefault(
            link.Channel) is { State: ConsentState.Withdrawn, How: Choice.Stop.ByLink or Choice.Stop.ByOneClick } stop
            && now - stop.At < Undoable
            ? links.Undos.Make(new(customer.Id, link.Channel, $"{customer.Id}-{stop.At.UtcTicks:x16}"))
            : null;

    private PreferenceView View(Customer customer, Unsubscription link, Choice? chosen) =>
        new()
        {
            Customer = customer,
            Channel = link.Channel,
            Topics = offered.Topics(),
            Now = time.GetUtcNow(),
            Chosen = chosen,
            MayAsk = !customer.Suppressed.ContainsKey(link.Channel) && offered.AsksBack(),
            Undo = null,
        };
}
