namespace Automation.Functions.Imports;

/// <summary>What a column of an import file may be called; compared without case, spaces and underscores.</summary>
public static class Columns
{
    public const string CustomerId = "customerId", Email = "email", FamilyName = "familyName", GivenName = "givenName", Name = "name", Phone = "phone",
        Language = "language", Tags = "tags", Consent = "consent", ConsentAt = "consentAt", ConsentEvidence = "consentEvidence",
        ConsentWording = "consentWording", ConsentPage = "consentPage", ConsentIp = "consentIp",
        OrderId = "orderId", OrderedAt = "orderedAt", Total = "total", Currency = "currency", CancelledAt = "cancelledAt",
        ProductId = "productId", Title = "title", Quantity = "quantity", Price = "price";

    private static readonly Dictionary<string, string[]> Aliases = new()
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
        [OrderId] = ["order id", "order number", "注文番号", "注文ID", "受注番号", "受注ID"],
        [OrderedAt] = ["order date", "created at", "placed at", "注文日", "注文日時", "受注日", "受注日時"],
        [Total] = ["order total", "amount", "合計", "合計金額", "注文合計", "支払合計", "支払い合計", "お支払い合計", "請求金額"],
        [Currency] = ["通貨"],
        [CancelledAt] = ["cancelled at", "canceled at", "キャンセル日", "キャンセル日時"],
        [ProductId] = ["product id", "sku", "lineitem sku", "商品ID", "商品番号", "商品コード"],
        [Title] = ["product", "product name", "lineitem name", "商品名"],
        [Quantity] = ["lineitem quantity", "数量", "個数"],
        [Price] = ["unit price", "lineitem price", "単価", "価格"],
    };

    private static readonly Dictionary<string, string> ByHeader = Aliases
        .SelectMany(column => column.Value.Append(column.Key).Select(alias => (alias: Plain(alias).ToLowerInvariant(), column: column.Key)))
        .Distinct()
        .ToDictionary(pair => pair.alias, pair => pair.column, StringComparer.OrdinalIgnoreCase);

    /// <summary>All columns there are.</summary>
    public static IReadOnlyCollection<string> All => Aliases.Keys;

    /// <summary>Which column a header names; null: none of ours.</summary>
    public static string? Find(string header) => ByHeader.GetValueOrDefault(Plain(header));

    private static string Plain(string header) => header.Trim('\uFEFF', ' ', '\u3000', '"').Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("　", "", StringComparison.Ordinal);
}
