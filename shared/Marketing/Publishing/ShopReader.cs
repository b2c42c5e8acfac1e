using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Plan;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Publishing;

/// <summary>Reads shop.json; refuses every mistake with its place.</summary>
public static partial class ShopReader
{
    /// <param name="names">What it may name; null: not checked.</param>
    public static (ShopSettings? Shop, IReadOnlyList<Problem> Problems) Read(
        string fileName, ReadOnlySpan<byte> json, Names? names = null)
    {
        var reading = new Reading(fileName, json, names ?? Names.Unchecked);
        if (Entries.Of(reading, reading.Parse(), ShopShapes.Shop, "the shop") is not { } entries)
            return (null, reading.Problems);
        var bare = new ShopSettings { Name = "", PostalAddress = "", Contact = new(""), TimeZone = "" };
        var (attributes, places) = reading.Attributes(entries["attributes"]);
        var events = reading.List(entries["events"], "events", item => EventName(reading, item)) ?? [];
        var (eventData, mayLack) = reading.EventData(entries["eventData"], events);
        var shop = bare with
        {
            Name = entries.Text("name") ?? "",
            PostalAddress = entries.Text("postalAddress") ?? "",
            Contact = Contact(reading, entries["contact"]) ?? bare.Contact,
            TimeZone = Checked(reading, entries, "timeZone", text => Zones.Find(text) is not null,
                "is not an IANA time zone; zones read \"Asia/Tokyo\"",
                text => Nearest.To(text, TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id))) ?? "",
            Currency = Checked(reading, entries, "currency", Currencies.All.Contains,
                "is not a currency; currencies read \"JPY\"", text => Currencies.Meant(text)) ?? bare.Currency,
            Country = Checked(
                reading, entries, "country", text => CountryCode().IsMatch(text),
                "is not a country; countries read \"JP\"", text => text.Length == 2 ? text.ToUpperInvariant() : null),
            Language = Checked(reading, entries, "language", text => IsLanguage(text),
                "is not a language; languages read \"ja\", \"en-GB\"", text => IsJapan(text) ? "ja" : null)
                ?? bare.Language,
            Url = Web(reading, entries, "url"),
            ProductUrl = Checked(reading, entries, "productUrl", IsProductUrl,
                "is not a web address with {id} or {title} in it; addresses read \"https://example.jp/products/{id}\""),
            OptOut = entries.Text("optOut") ?? bare.OptOut,
            Events = events,
            EventData = eventData,
            EventDataMayLack = mayLack,
            Attributes = attributes,
            AttributePlaces = places,
            CallHosts = reading.List(entries["callHosts"], "callHosts", item => Host(reading, item)) ?? [],
            Late = Entries.Of(reading, entries["late"], ShopShapes.Late, "late")
                ?.Number("threshold", 1, 10) is { } threshold ? new Late((double)threshold) : bare.Late,
            AbandonedAfter = Abandoned(reading, entries["checkouts"]) ?? bare.AbandonedAfter,
            CouponsLowAt = Entries.Of(reading, entries["coupons"], ShopShapes.Coupons, "coupons")
                ?.Whole("lowAt", 0, 500) ?? bare.CouponsLowAt,
            Retention = RetentionReader.Read(reading, entries["retention"]) ?? bare.Retention,
            QuietHours = Quiet(reading, entries["quietHours"]),
            Plan = PlanReader.Read(reading, entries["plan"]) ?? bare.Plan,
            DoubleOptIn = entries.Flag("doubleOptIn"),
            Holidays = reading.Holidays(entries["holidays"]) ?? bare.Holidays,
            Sending = SendingPaceReader.Read(reading, entries["sending"]) ?? bare.Sending,
            Chat = ChatReader.Read(reading, entries["chat"]),
            Accent = Accent(reading, entries) ?? bare.Accent,
            Brand = BrandReader.Read(reading, entries["brand"]),
            Languages = BrandReader.Languages(reading, entries["languages"]),
            Products = reading.List(entries["products"], "products", item => Product(reading, item)) ?? [],
            Recommend = reading.List(entries["recommend"], "recommend", item => Product(reading, item)) ?? [],
        };
        return (reading.Failed ? null : shop, reading.Problems);
    }

    /// <summary>Of the brand, or on its own: once.</summary>
    private static string? Accent(Reading reading, Entries entries)
    {
        if (BrandReader.Accent(reading, entries["brand"]) is not { } accent) return Color(reading, entries, "accent");
        if (entries["accent"] is { } twice)
            reading.Say(twice, "the accent stands in brand.colors, too: leave it out here");
        return accent;
    }

    internal static string? Color(Reading reading, Entries entries, string name) => Checked(
        reading, entries, name, Colour.Is, "is not a colour; colours read \"#2f5d50\"",
        text => Colour.Is($"#{text}") ? $"#{text}" : null);

    internal static string? Checked(Reading reading, Entries entries, string name, Func<string, bool> fits,
        string otherwise, Func<string, string?>? meant = null)
    {
        if (entries.Text(name) is not { } text) return null;
        if (fits(text)) return text;
        reading.Say(entries[name]!, $"\"{text}\" {otherwise}", meant?.Invoke(text));
        return null;
    }

    /// <summary>An address, or the name of one of the shop's own pictures.</summary>
    internal static string? Picture(Reading reading, Entries entries, string name)
    {
        if (entries.Text(name) is not { } text || !ShopPictures.IsName(text)) return Web(reading, entries, name);
        var file = text[ShopPictures.Folder.Length..];
        if (reading.Known.Pictures is { } known && !known.Contains(file))
            reading.Say(entries[name]!, $"there is no picture \"{text}\"",
                Nearest.To(file, known) is { } near ? ShopPictures.Folder + near : null);
        return text;
    }

    internal static string? Web(Reading reading, Entries entries, string name) =>
        Checked(reading, entries, name, IsWeb, "is not a web address; addresses read \"https://example.jp/\"");
    private static bool IsProductUrl(string text) => text.Replace("{id}", "1", StringComparison.Ordinal).Replace(
        "{title}", "t", StringComparison.Ordinal) is var url && url != text && IsWeb(url);

    /// <summary>The country's code, where the language's is asked for.</summary>
    private static bool IsJapan(string text) => text.Equals("jp", StringComparison.OrdinalIgnoreCase);
    internal static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.Host.Length > 0;

    private static Contact? Contact(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.Contact, "contact") is not { } entries) return null;
        var email = Checked(reading, entries, "email", text => MailAddress().IsMatch(text), "is not an e-mail address");
        return new Contact(email ?? "", entries.Text("phone"), Web(reading, entries, "url"));
    }

    private static string? EventName(Reading reading, Node item)
    {
        if (reading.Text(item, "events") is not { } name) return null;
        if (EventTypes.Reserved.FirstOrDefault(
            first => name.StartsWith(first, StringComparison.Ordinal)) is { } reserved)
            reading.Say(
                item, $"events beginning with \"{reserved}\" are the product's own: give yours another first word");
        else if (!EventNamePattern().IsMatch(name))
            reading.Say(item, $"\"{name}\" is not a name for an event; events read \"review.posted\"");
        return name;
    }

    private static string? Host(Reading reading, Node item)
    {
        if (reading.Text(item, "callHosts") is not { } host) return null;
        if (Uri.CheckHostName(host) != UriHostNameType.Dns
            || !host.Contains('.', StringComparison.Ordinal)
            || host.EndsWith('.')) reading.Say(item,
            $"\"{host}\" is not a host; hosts read \"hooks.example.jp\"");
        else if (!PublicAddresses.MayHold(host)) reading.Say(
            item, $"\"{host}\" is within one's own network: only hosts of the public internet are called");
        return host;
    }

    /// <summary>What happened more than three days ago starts nothing.</summary>
    private static Period? Abandoned(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.Checkouts, "checkouts") is not { } entries) return null;
        if (entries.Period("abandonedAfter") is not { } quiet) return null;
        var length = quiet.After(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) - DateTimeOffset.UnixEpoch;
        if (length >= TimeSpan.FromMinutes(10) && length <= TimeSpan.FromDays(2)) return quiet;
        reading.Say(entries["abandonedAfter"]!, "\"abandonedAfter\" must be from 10 minutes to 2 days");
        return null;
    }

    private static QuietHours? Quiet(Reading reading, Node? node)
    {
        if (Entries.Of(reading, node, ShopShapes.QuietHours, "quietHours") is not { } entries) return null;
        if (entries.Time("from") is not { } from || entries.Time("to") is not { } to) return null;
        if (from == to)
            reading.Say(entries["to"]!, "quiet hours from and to the same time: leave them out, or choose two");
        return new QuietHours(from, to);
    }

    private static Recommendation? Product(Reading reading, Node item) =>
        Entries.Of(reading, item, ShopShapes.Product, "a product") is not { } entries ? null
            : new Recommendation
            {
                Id = entries.Text("id") ?? "",
                Title = entries.Text("title") ?? "",
                Url = Web(reading, entries, "url"),
                Price = entries.Number("price", 0, 1_000_000_000),
                ImageUrl = Picture(reading, entries, "imageUrl"),
            };

    internal static bool IsLanguage(string text) => LanguageTag().IsMatch(text) && !IsJapan(text);

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] private static partial Regex LanguageTag();
    [GeneratedRegex("^[A-Z]{2}$")] private static partial Regex CountryCode();
    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")] private static partial Regex MailAddress();
    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$")] private static partial Regex EventNamePattern();
}
