using Automation.Marketing.Time;

namespace Automation.Functions.Imports;

/// <summary>The columns of a file in our own words, and what else they may be called; compared without case, spaces and
/// underscores.</summary>
public static class Columns
{
    public const string CustomerId = "customerId", Email = "email", FamilyName = "familyName", GivenName = "givenName",
        Name = "name",
        Phone = "phone", Language = "language", Tags = "tags", Consent = "consent", ConsentAt = "consentAt",
        ConsentEvidence = "consentEvidence", ConsentWording = "consentWording", ConsentPage = "consentPage",
        ConsentIp = "consentIp";

    public const string OrderId = "orderId", Number = "number", OrderedAt = "orderedAt", Total = "total",
        Currency = "currency",
        PaidAt = "paidAt", FulfilledAt = "fulfilledAt", CancelledAt = "cancelledAt", Refunded = "refunded",
        Status = "status",
        ProductId = "productId", Sku = "itemSku", Title = "title", Quantity = "quantity", Price = "price",
        LineTotal = "lineTotal";

    /// <summary>Followed by the name of an attribute that shop.json declares.</summary>
    public const string Attribute = "attributes.";

    private static readonly Dictionary<string, string[]> OfCustomers = new()
    {
        [CustomerId] = ["customer id", "顧客ID", "顧客番号", "会員ID", "会員番号", "お客様番号"],
        [Email] = ["e-mail", "mail", "メールアドレス", "メール", "Eメール"],
        [FamilyName] = ["last name", "surname", "姓", "苗字", "名字"],
        [GivenName] = ["first name", "名"],
        [Name] = ["full name", "氏名", "お名前", "名前", "顧客名", "注文者名", "お客様名"],
        [Phone] = ["telephone", "tel", "電話番号", "電話"],
        [Language] = ["locale", "言語"],
        [Tags] = ["tag", "タグ"],
        [Consent] = ["accepts marketing", "accepts email marketing", "メルマガ", "メルマガ登録", "メルマガ購読", "メール配信", "配信許可"],
        [ConsentAt] = ["consent date", "メルマガ登録日", "同意日", "同意日時"],
        [ConsentEvidence] = ["evidence", "同意の記録", "同意記録", "同意方法"],
        [ConsentWording] = ["consent text", "同意文言", "同意の文言"],
        [ConsentPage] = ["consent form", "consent url", "同意ページ", "登録ページ", "登録フォーム"],
        [ConsentIp] = ["opt-in ip", "同意IP", "登録IP", "IPアドレス"],
    };

    private static readonly Dictionary<string, string[]> OfOrders = new()
    {
        [OrderId] = ["order id", "order number", "注文番号", "注文ID", "受注番号", "受注ID"],
        [Number] = [],
        [OrderedAt] = ["order date", "created at", "placed at", "注文日", "注文日時", "受注日", "受注日時"],
        [Total] = ["order total", "amount", "合計", "合計金額", "注文合計", "支払合計", "支払い合計", "お支払い合計", "請求金額"],
        [Currency] = ["通貨"],
        [PaidAt] = ["paid date", "入金日", "入金日時"],
        [FulfilledAt] = ["fulfilled date", "発送日", "発送日時", "出荷日"],
        [CancelledAt] = ["cancelled at", "canceled at", "キャンセル日", "キャンセル日時"],
        [Refunded] = ["refunded amount", "refund amount", "返金額", "返金金額"],
        [ProductId] = ["product id", "sku", "商品ID", "商品番号", "商品コード"],
        [Sku] = ["SKUコード"],
        [Title] = ["product", "product name", "商品名"],
        [Quantity] = ["数量", "個数"],
        [Price] = ["unit price", "単価", "価格"],
        [LineTotal] = ["line total", "小計"],
    };

    private static readonly Dictionary<string, string> ByHeader = OfCustomers.Concat(OfOrders)
        .SelectMany(column => column.Value.Append(column.Key)
            .Select(alias => (alias: Plain(alias), column: column.Key)))
        .Distinct()
        .ToDictionary(pair => pair.alias, pair => pair.column, StringComparer.OrdinalIgnoreCase);

    /// <summary>All columns there are, those of orders last.</summary>
    public static IReadOnlyCollection<string> All { get; } = [.. OfCustomers.Keys, $"{Attribute}{{name}}",
        .. OfOrders.Keys];

    /// <summary>Which column a header names; null: none of ours.</summary>
    public static string? Find(string header) =>
        ByHeader.GetValueOrDefault(Plain(header)) ?? (Bare(header) is var bare && bare.StartsWith(
            Attribute, StringComparison.OrdinalIgnoreCase) ? Attribute + bare[Attribute.Length..] : null);

    public static bool IsOfOrders(string column) => OfOrders.ContainsKey(column);

    /// <summary>The column with exactly this name; null: there is none.</summary>
    public static string? Named(string name) => OfCustomers.ContainsKey(name) || OfOrders.ContainsKey(name)
        || name.StartsWith(Attribute, StringComparison.Ordinal) ? name : null;

    /// <summary>The column that was probably meant.</summary>
    public static string? Meant(string name) => Nearest.To(name, [.. OfCustomers.Keys, .. OfOrders.Keys]);

    /// <summary>A header without what spreadsheets add around it.</summary>
    public static string Bare(string header) => header.Trim('\uFEFF', ' ', '\u3000', '"');

    /// <summary>As headers are compared.</summary>
    public static string Plain(string header) =>
        Bare(header).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("　", "", StringComparison.Ordinal).ToLowerInvariant();
}
