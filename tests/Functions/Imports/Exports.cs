using System.Globalization;

namespace Automation.Functions.Tests.Imports;

/// <summary>A shop's customers and orders as they are, and as the platforms export them.</summary>
internal sealed class Exports
{
    public sealed record Person(string Id, string Email, string Family, string Given, string Phone, bool Agreed);

    public sealed record Item(string Title, int Quantity, int Price);

    public sealed record Sale(string Id, string Number, Person Buyer, DateTimeOffset At, string Status, int Refunded,
        IReadOnlyList<Item> Items)
    {
        public int Total => Items.Sum(item => item.Quantity * item.Price);
        public DateTimeOffset? CancelledAt { get; init; }
    }

    private static readonly string[] Names = ["佐藤", "鈴木", "高橋", "田中", "O'Neil", "van Dijk, Jr."];

    public Exports(Random random)
    {
        People = [.. Enumerable.Range(0, 6).Select(n => new Person(
            $"{7001 + n}", $"c{n}@example.jp", Names[n], $"名{n}", $"+8190{12345670 + n}", random.Next(2) == 0))];
        Sales = [.. Enumerable.Range(0, 5).Select(n =>
        {
            Item[] items = [.. Enumerable.Range(0, 1 + random.Next(3))
                .Select(i => new Item($"商品 \"{i}\", {n}", 1 + random.Next(3), 1000 + 100 * random.Next(20)))];
            var (at, state) = (new DateTimeOffset(2026, 1, 1 + n, 9, 30, 0, TimeSpan.FromHours(9)), random.Next(4));
            return new Sale($"{5000000000001 + n}", $"#{1001 + n}", People[random.Next(People.Length)], at,
                state == 1 ? "partially_refunded" : "paid", state == 1 ? 500 : 0, items)
            { CancelledAt = state == 2 ? at.AddDays(1) : null };
        })];
    }

    public Person[] People { get; }
    public Sale[] Sales { get; }

    public const string ShopifyOrderHeaders =
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts "
        + "Marketing,Currency,Subtotal,Shipping,Taxes,Total,"
            + "Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem "
            + "price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,"
            + "Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing "
            + "Address2,Billing Company,Billing City,Billing Zip,Billing Province,"
            + "Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,Shipping "
            + "Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,"
            + "Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,Refunded "
            + "Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,"
            + "Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties,Billing Province "
            + "Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At";

    public const string ShopifyCustomerHeaders =
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address "
        + "Address1,Default Address Address2,"
            + "Default Address City,Default Address Province Code,Default Address Country Code,Default Address "
            + "Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags";

    private const string WooOrderHeaders =
        "order_id,order_number_formatted,date,status,shipping_total,order_total,refunded_total,order_currency,"
        + "payment_method,customer_id,"
            + "billing_first_name,billing_last_name,billing_email,billing_phone,item_id,item_product_id,item_name,"
            + "item_sku,item_quantity,item_total";

    private const string WooCustomerHeaders =
        "customer_id,first_name,last_name,user_login,email,date_registered,billing_first_name,billing_last_name,"
        + "billing_phone,total_spent,order_count";

    /// <summary>The same shop in each of the forms; headers first.</summary>
    public List<string[]> Write(int form) => form switch
    {
        0 => Table(
            ShopifyOrderHeaders, Sales.SelectMany(sale => sale.Items.Select((item, n) => Shopify(sale, item, n == 0)))),
        1 => Table(ShopifyCustomerHeaders, People.Select(one => new Dictionary<string, string>
        {
            ["Customer ID"] = $"'{one.Id}",
            ["First Name"] = one.Given,
            ["Last Name"] = one.Family,
            ["Email"] = one.Email,
            ["Accepts Email Marketing"] = one.Agreed ? "yes" : "no",
            ["Phone"] = $"'{one.Phone}",
            ["Accepts SMS Marketing"] = "no",
            ["Total Spent"] = "0",
            ["Total Orders"] = "0",
            ["Tax Exempt"] = "no",
            ["Tags"] = "",
        })),
        2 => Table(WooOrderHeaders, Sales.SelectMany(sale => sale.Items.Select(item => Woo(sale, item)))),
        3 => Table(WooCustomerHeaders, People.Select(one => new Dictionary<string, string>
        {
            ["customer_id"] = one.Id,
            ["first_name"] = one.Given,
            ["last_name"] = one.Family,
            ["user_login"] = "u",
            ["email"] = one.Email,
            ["date_registered"] = "2024-01-01 00:00:00",
            ["billing_last_name"] = one.Family,
            ["billing_phone"] = one.Phone,
            ["total_spent"] = "12",
            ["order_count"] = "1",
        })),
        4 => Table("顧客番号,姓,名,メールアドレス,電話番号,メルマガ,備考", People.Select(one => new Dictionary<string, string>
        {
            ["顧客番号"] = one.Id,
            ["姓"] = one.Family,
            ["名"] = one.Given,
            ["メールアドレス"] = one.Email,
            ["電話番号"] = one.Phone,
            ["メルマガ"] = one.Agreed ? "希望する" : "希望しない",
            ["備考"] = "x"
        })),
        _ => Table("注文番号,注文日時,合計金額,返金額,キャンセル日時,メールアドレス,商品名,数量,単価",
            Sales.SelectMany(sale => sale.Items.Select(item => new Dictionary<string, string>
            {
                ["注文番号"] = sale.Id,
                ["注文日時"] = sale.At.ToString("yyyy/M/d H:mm", CultureInfo.InvariantCulture),
                ["合計金額"] = Text(sale.Total),
                ["返金額"] = Text(sale.Refunded),
                ["キャンセル日時"] = sale.CancelledAt?.ToString("yyyy/M/d H:mm", CultureInfo.InvariantCulture) ?? "",
                ["メールアドレス"] = sale.Buyer.Email,
                ["商品名"] = item.Title,
                ["数量"] = Text(item.Quantity),
                ["単価"] = Text(item.Price),
            }))),
    };

    private static Dictionary<string, string> Shopify(Sale sale, Item item, bool first)
    {
        var row = new Dictionary<string, string>
        {
            ["Name"] = sale.Number,
            ["Email"] = sale.Buyer.Email,
            ["Created at"] = Moment(sale.At),
            ["Lineitem name"] = item.Title,
            ["Lineitem quantity"] = Text(item.Quantity),
            ["Lineitem price"] = Text(item.Price),
            ["Lineitem sku"] = "SKU",
            ["Vendor"] = "v",
            ["Lineitem discount"] = "0",
        };
        if (!first) return row;
        foreach (var (header, value) in ((string, string)[])
            [("Id", sale.Id), ("Financial Status", sale.Status), ("Currency", "JPY"), ("Total", Text(sale.Total)),
                ("Subtotal", Text(sale.Total)), ("Accepts Marketing", sale.Buyer.Agreed ? "yes" : "no"),
             ("Refunded Amount", Text(sale.Refunded)), ("Cancelled at", sale.CancelledAt is { } at ? Moment(at) : ""),
                ("Billing Name", $"{sale.Buyer.Given} {sale.Buyer.Family}"), ("Phone", sale.Buyer.Phone)])
            row[header] = value;
        return row;
    }

    private static Dictionary<string, string> Woo(Sale sale, Item item) => new()
    {
        ["order_id"] = sale.Id,
        ["order_number_formatted"] = sale.Number,
        ["date"] = sale.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ["status"] = sale.CancelledAt is null ? "completed" : "cancelled",
        ["order_total"] = Text(sale.Total),
        ["refunded_total"] = Text(sale.Refunded),
        ["order_currency"] = "JPY",
        ["customer_id"] = sale.Buyer.Id,
        ["billing_first_name"] = sale.Buyer.Given,
        ["billing_last_name"] = sale.Buyer.Family,
        ["billing_email"] = sale.Buyer.Email,
        ["billing_phone"] = sale.Buyer.Phone,
        ["item_id"] = "1",
        ["item_product_id"] = "93",
        ["item_name"] = item.Title,
        ["item_quantity"] = Text(item.Quantity),
        ["item_total"] = Text(item.Quantity * item.Price),
    };

    private static List<string[]> Table(string headers, IEnumerable<Dictionary<string, string>> rows)
    {
        var names = headers.Split(',');
        return [names, .. rows.Select(row => (string[])[.. names.Select(name => row.GetValueOrDefault(name, ""))])];
    }

    private static string Moment(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " +0900";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
