using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Segments;

/// <summary>What is known about the customer and their orders.</summary>
public static class CustomerFields
{
    private static readonly string[] ConsentStates = ["unknown", "pending", "given", "withdrawn"];

    public static readonly IReadOnlyList<Field> All =
    [
        new("customer.id", FieldType.Text, "お客様の番号", "The customer's id", s => s.Customer.Id.Value),
        new("customer.email", FieldType.Text, "メールアドレス", "E-mail address", s => s.Customer.Email),
        new("customer.phone", FieldType.Text, "電話番号", "Phone, E.164", s => s.Customer.Phone),
        new("customer.familyName", FieldType.Text, "姓", "Family name", s => s.Customer.FamilyName),
        new("customer.givenName", FieldType.Text, "名", "Given name", s => s.Customer.GivenName),
        new("customer.language", FieldType.Text, "言語", "Language, e.g. ja", s => s.Customer.Language),
        new("customer.country", FieldType.Text, "国", "Country of their address, e.g. JP", s => s.Customer.Country),
        new("customer.timeZone", FieldType.Text, "時間帯", "Time zone, e.g. Asia/Tokyo", s => s.Customer.TimeZone),
        new("customer.tags", FieldType.Texts, "タグ", "Tags", s => s.Customer.Tags),
        new("customer.createdAt", FieldType.Time, "お客様になった日時", "Known since", s => s.Customer.CreatedAt),
        new("customer.daysSinceCreated", FieldType.Number, "お客様になってからの日数", "Days since they became known",
            s => Days(s.Customer.CreatedAt, s)),
        new("customer.consent.email", FieldType.Text, "メール案内への同意", "Consent to marketing by e-mail",
            s => State(s, "email")) { Values = ConsentStates },
        new("customer.consent.line", FieldType.Text, "LINE案内への同意", "Consent to marketing by LINE",
            s => State(s, "line")) { Values = ConsentStates },
        new("customer.suppressed", FieldType.Texts, "送れなくなった宛先", "Channels that can no longer be written to",
            s => s.Customer.Suppressed.Keys.ToArray()),
        new("customer.orders.count", FieldType.Number, "注文回数", "How many orders",
            s => (decimal)Facts.Count(s.Customer.Orders)),
        new("customer.orders.total", FieldType.Number, "累計購入額", "Bought altogether, refunds deducted",
            s => Facts.Total(s.Customer.Orders)),
        new("customer.orders.averageTotal", FieldType.Number, "平均購入額", "Average per order",
            s => Facts.Count(s.Customer.Orders) is > 0 and var count ? Facts.Total(s.Customer.Orders) / count : null),
        new("customer.orders.firstAt", FieldType.Time, "最初の注文日時", "First order", s => Facts.FirstAt(s.Customer.Orders)),
        new("customer.orders.lastAt", FieldType.Time, "最後の注文日時", "Latest order", s => Facts.LastAt(s.Customer.Orders)),
        new("customer.orders.products", FieldType.Texts, "買った商品", "Products bought, {source}:{product id}",
            s => Facts.Products(s.Customer.Orders)),
        new("customer.orders.firstProducts", FieldType.Texts, "最初の注文の商品", "Products of the first order that is known",
            s => s.Customer.Orders.Latest.FirstOrDefault(order => !order.Void)?.Products ?? []),
        new("customer.orders.lastProducts", FieldType.Texts, "最後の注文の商品", "Products of the latest order",
            s => Facts.Last(s.Customer.Orders)?.Products ?? []),
        new("customer.orders.channels", FieldType.Texts, "買った販売経路", "Where they have bought: web, pos",
            s => s.Customer.Orders.Latest.Where(order => !order.Void).Select(order => order.Channel ?? "web")
                .Distinct().ToArray()) { Values = ["web", "pos"] },
        new("customer.orders.daysSinceFirst", FieldType.Number, "最初の注文からの日数", "Days since the first order",
            s => Days(Facts.FirstAt(s.Customer.Orders), s)),
        new("customer.orders.usualInterval", FieldType.Number, "いつもの注文間隔(日)",
            "Days between orders, median; the shop's until there are three orders",
            s => (decimal?)Facts.UsualIntervalDays(s.Customer.Orders, s.ShopInterval)) { IsPeriod = true },
        new("customer.orders.daysSinceLast", FieldType.Number, "最後の注文からの日数", "Days since the latest order",
            s => (decimal?)Facts.DaysSinceLast(s.Customer.Orders, s.Now)),
        new("customer.orders.lateness", FieldType.Number, "ごぶさた度(日数÷いつもの間隔)",
            "Days since the latest order / usual interval",
            s => (decimal?)Facts.Lateness(s.Customer.Orders, s.ShopInterval, s.Now)),
    ];

    /// <summary>Whole and parts of days since a moment; null: it is not known.</summary>
    internal static decimal? Days(DateTimeOffset? since, Situation situation) =>
        since is { } moment ? (decimal)(situation.Now - moment).TotalDays : null;

    private static string State(Situation situation, string channel) =>
        ConsentStates[(int)(
            situation.Customer.Consent.TryGetValue(channel, out var consent) ? consent.State : ConsentState.Unknown)];
}
