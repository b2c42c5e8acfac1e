using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>What there is besides the customer where a mail is sent.</summary>
/// <param name="Order">The journey is about an order.</param>
/// <param name="Event">The type of what began the journey; null: nothing did.</param>
/// <param name="Coupon">A code was taken on every way to the mail.</param>
public sealed record Occasion(bool Order = false, string? Event = null, bool Coupon = false)
{
    public static readonly Occasion None = new();

    /// <summary>One that has what the mail speaks of, for mails that no journey sends yet.</summary>
    public static Occasion For(MailTemplate mail, ShopSettings shop) => For(mail.Placeholders, shop);

    /// <inheritdoc cref="For(MailTemplate, ShopSettings)"/>
    public static Occasion For(IReadOnlyList<PlaceholderUse> blanks, ShopSettings shop)
    {
        var events = Asked(blanks).ToList();
        return new(
            Speaks("order"),
            events.Count == 0 ? null : EventFields.Carrying(events, shop).FirstOrDefault(),
            Speaks("coupon"));

        bool Speaks(string of) => blanks.Any(blank => blank.Name == of
            || blank.Name.StartsWith($"{of}.", StringComparison.Ordinal));
    }

    /// <summary>What a mail asks of events beside what all have.</summary>
    internal static IEnumerable<string> Asked(IReadOnlyList<PlaceholderUse> blanks) => blanks
        .Where(blank => blank.Path is not null && blank.Name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal))
        .Select(blank => blank.Name[Fields.EventPrefix.Length..])
        .Where(name => name is not ("at" or "type"))
        .Distinct();
}
