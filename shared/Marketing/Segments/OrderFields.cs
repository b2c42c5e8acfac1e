using Automation.Marketing.Customers;

namespace Automation.Marketing.Segments;

/// <summary>The order the journey or event is about; all missing where there is none.</summary>
public static class OrderFields
{
    public static readonly IReadOnlyList<Field> All =
    [
        new("order.id", FieldType.Text, "注文の番号(システム)", "The order's key, {source}:{id}", s => s.Order?.Key),
        new("order.number", FieldType.Text, "注文番号", "What people call it, e.g. #1001", s => s.Order?.Number),
        new("order.total", FieldType.Number, "注文金額", "Total in the order's currency", s => s.Order?.Total),
        new("order.refunded", FieldType.Number, "返金額", "Money that went back", s => s.Order?.Refunded),
        new("order.currency", FieldType.Text, "通貨", "ISO 4217", s => s.Order?.Currency),
        new("order.source", FieldType.Text, "注文元", "The source it came from", s => s.Order?.Source),
        new("order.channel", FieldType.Text, "販売経路", "web or pos", s => s.Order?.Channel) { Values = ["web", "pos"] },
        new("order.paymentMethod", FieldType.Text, "支払い方法", "How it was paid, in the source's word",
            s => s.Order?.PaymentMethod),
        new("order.discountCodes", FieldType.Texts, "使われたクーポンコード", "Discount codes used",
            s => s.Order?.DiscountCodes ?? []),
        new("order.tags", FieldType.Texts, "注文のタグ", "Tags of the order", s => s.Order?.Tags ?? []),
        new("order.products", FieldType.Texts, "注文商品", "Products, {source}:{product id}",
            s => Each(s, line => line.ProductId is { } id ? $"{s.Order!.Source}:{id}" : null)),
        new("order.skus", FieldType.Texts, "注文商品の品番", "SKUs", s => Each(s, line => line.Sku)),
        new("order.titles", FieldType.Texts, "注文商品の名前", "Titles", s => Each(s, line => line.Title)),
        new("order.lineCount", FieldType.Number, "明細の数", "How many lines", s => (decimal?)s.Order?.Lines.Count),
        new("order.quantity", FieldType.Number, "合計点数", "How many pieces",
            s => s.Order?.Lines.Sum(line => line.Quantity)),
        new("order.placedAt", FieldType.Time, "注文日時", "Placed", s => s.Order?.PlacedAt),
        new("order.paidAt", FieldType.Time, "支払日時", "Paid", s => s.Order?.PaidAt),
        new("order.fulfilledAt", FieldType.Time, "発送日時", "Shipped", s => s.Order?.FulfilledAt),
        new("order.deliveredAt", FieldType.Time, "到着日時", "Delivered", s => s.Order?.DeliveredAt),
        new("order.cancelledAt", FieldType.Time, "キャンセル日時", "Cancelled", s => s.Order?.CancelledAt),
        new("order.daysSincePlaced", FieldType.Number, "注文からの日数", "Days since it was placed",
            s => CustomerFields.Days(s.Order?.PlacedAt, s)),
        new("order.daysSincePaid", FieldType.Number, "支払いからの日数", "Days since it was paid",
            s => CustomerFields.Days(s.Order?.PaidAt, s)),
        new("order.daysSinceFulfilled", FieldType.Number, "発送からの日数", "Days since it was shipped",
            s => CustomerFields.Days(s.Order?.FulfilledAt, s)),
        new("order.daysSinceDelivered", FieldType.Number, "到着からの日数", "Days since it was delivered",
            s => CustomerFields.Days(s.Order?.DeliveredAt, s)),
        new("order.usualInterval", FieldType.Number, "注文商品のいつもの購入間隔(日)",
            "Days until the first of its products is usually bought again: own from three purchases, else the shop's",
            s => (decimal?)(s.Order is null ? null : Facts.UsualIntervalDays(
                s.Customer.Orders,
                Each(s, line => line.ProductId is { } id ? $"{s.Order!.Source}:{id}" : null),
                s.ProductIntervals))) { IsPeriod = true },
        new("order.partiallyFulfilled", FieldType.Flag, "一部発送済み", "Part of it was shipped",
            s => s.Order?.PartiallyFulfilled),
    ];

    private static IReadOnlyList<string> Each(Situation situation, Func<People.OrderLine, string?> pick) =>
        situation.Order is { } order ? [.. order.Lines.Select(pick).OfType<string>().Distinct()] : [];
}
