using static Automation.Functions.Imports.Columns;

namespace Automation.Functions.Imports;

/// <summary>The exports we know: of Shopify's admin, of WooCommerce's own reports, and of its customary export
/// extensions.</summary>
public static class Formats
{
    private static readonly Dictionary<string, OrderState> ShopifyStatuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["paid"] = OrderState.Placed,
        ["pending"] = OrderState.Placed,
        ["authorized"] = OrderState.Placed,
        ["partially_paid"] = OrderState.Placed,
        ["partially_refunded"] = OrderState.PartlyRefunded,
        ["refunded"] = OrderState.Refunded,
        ["voided"] = OrderState.Cancelled,
        ["expired"] = OrderState.Cancelled,
    };

    private static readonly Dictionary<string, OrderState> WooStatuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["completed"] = OrderState.Placed,
        ["processing"] = OrderState.Placed,
        ["on-hold"] = OrderState.Placed,
        ["on hold"] = OrderState.Placed,
        ["refunded"] = OrderState.Refunded,
        ["cancelled"] = OrderState.Cancelled,
        ["failed"] = OrderState.Cancelled,
        ["trash"] = OrderState.Cancelled,
        ["pending"] = OrderState.NotPlaced,
        ["pending payment"] = OrderState.NotPlaced,
        ["checkout-draft"] = OrderState.NotPlaced,
        ["draft"] = OrderState.NotPlaced,
    };

    /// <summary>Several rows an order, of which only the first says everything; the number is on all of them, the id on
    /// the first.</summary>
    public static readonly Format ShopifyOrders = new(
        "Shopify's export of orders",
        ["Name", "Email", "Financial Status", "Currency", "Total", "Created at", "Lineitem name", "Id"],
        new Dictionary<string, string>
        {
            ["Id"] = OrderId,
            ["Name"] = Number,
            ["Email"] = Email,
            ["Phone"] = Phone,
            ["Financial Status"] = Status,
            ["Paid at"] = PaidAt,
            ["Fulfilled at"] = FulfilledAt,
            ["Cancelled at"] = CancelledAt,
            ["Created at"] = OrderedAt,
            ["Currency"] = Currency,
            ["Total"] = Total,
            ["Refunded Amount"] = Refunded,
            ["Lineitem name"] = Title,
            ["Lineitem sku"] = Sku,
            ["Lineitem quantity"] = Quantity,
            ["Lineitem price"] = Price,
        },
        ["Financial Status", "Fulfillment Status", "Lineitem name", "Lineitem quantity", "Lineitem price",
            "Lineitem sku", "Lineitem taxable",
            "Lineitem requires shipping", "Lineitem fulfillment status", "Lineitem discount", "Billing Name",
            "Billing Zip", "Shipping Name", "Risk Level", "Outstanding Balance"])
    { Statuses = ShopifyStatuses };

    public static readonly Format ShopifyCustomers = new(
        "Shopify's export of customers",
        ["Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent", "Total Orders"],
        new Dictionary<string, string>
        {
            ["Customer ID"] = CustomerId,
            ["First Name"] = GivenName,
            ["Last Name"] = FamilyName,
            ["Email"] = Email,
            ["Phone"] = Phone,
            ["Accepts Email Marketing"] = Columns.Consent,
            ["Tags"] = Tags,
        },
        ["Accepts Email Marketing", "Accepts SMS Marketing", "Default Address Company", "Default Address Address1",
            "Default Address Address2", "Default Address City",
            "Default Address Zip", "Default Address Phone", "Default Address Country Code",
            "Default Address Province Code", "Tax Exempt", "Total Spent", "Total Orders"]);

    /// <summary>One row an item (Customer/Order/Coupon Export).</summary>
    public static readonly Format WooOrders = new(
        "WooCommerce's export of orders, one row an item",
        ["order_id", "date", "status", "order_total", "billing_email", "item_name"],
        new Dictionary<string, string>
        {
            ["order_id"] = OrderId,
            ["order_number"] = Number,
            ["order_number_formatted"] = Number,
            ["date"] = OrderedAt,
            ["status"] = Status,
            ["order_total"] = Total,
            ["order_currency"] = Currency,
            ["refunded_total"] = Refunded,
            ["customer_id"] = CustomerId,
            ["billing_email"] = Email,
            ["billing_phone"] = Phone,
            ["billing_last_name"] = FamilyName,
            ["billing_first_name"] = GivenName,
            ["item_product_id"] = ProductId,
            ["item_name"] = Title,
            ["item_sku"] = Sku,
            ["item_quantity"] = Quantity,
            ["item_total"] = LineTotal,
        },
        ["order_total", "billing_email", "billing_first_name", "billing_last_name", "item_name", "item_quantity",
            "item_total", "item_product_id", "shipping_total"])
    { Statuses = WooStatuses };

    /// <summary>Advanced Order Export.</summary>
    public static readonly Format WooAdvancedOrders = new(
        "WooCommerce's export of orders (Advanced Order Export)",
        ["Order Number", "Order Status", "Order Date", "Email (Billing)", "Order Total Amount"],
        new Dictionary<string, string>
        {
            ["Order Number"] = OrderId,
            ["Order Status"] = Status,
            ["Order Date"] = OrderedAt,
            ["Order Total Amount"] = Total,
            ["Order Refund Amount"] = Refunded,
            ["Email (Billing)"] = Email,
            ["Phone (Billing)"] = Phone,
            ["Last Name (Billing)"] = FamilyName,
            ["First Name (Billing)"] = GivenName,
            ["Item Name"] = Title,
            ["SKU"] = Sku,
            ["Quantity"] = Quantity,
            ["Quantity (- Refund)"] = Quantity,
            ["Item Cost"] = Price,
        },
        ["Email (Billing)", "Phone (Billing)", "First Name (Billing)", "Last Name (Billing)", "Order Total Amount",
            "Order Subtotal Amount", "Order Status", "Item Cost", "Cart Discount Amount"])
    { Statuses = WooStatuses };

    /// <summary>Of the extension and of the Import Export Suite: customers with their billing address.</summary>
    public static readonly Format WooCustomers = new(
        "WooCommerce's export of customers",
        ["customer_id", "first_name", "last_name", "email", "billing_last_name", "date_registered"],
        new Dictionary<string, string>
        {
            ["customer_id"] = CustomerId,
            ["first_name"] = GivenName,
            ["last_name"] = FamilyName,
            ["email"] = Email,
            ["billing_phone"] = Phone,
        },
        ["user_login", "date_registered", "billing_first_name", "billing_last_name", "billing_address_1",
            "billing_postcode", "total_spent", "order_count"]);

    /// <summary>The customers of WooCommerce's own analytics; a name there is one piece, and which part is which is not
    /// said.</summary>
    public static readonly Format WooReport = new(
        "the customers of WooCommerce's analytics",
        ["Username", "Last active", "Email", "Orders", "Total spend", "AOV"],
        new Dictionary<string, string> { ["Email"] = Email },
        ["Username", "Last active", "Sign up", "Total spend", "AOV"]);

    public static readonly IReadOnlyList<Format> All = [ShopifyOrders, ShopifyCustomers, WooOrders, WooAdvancedOrders,
        WooCustomers, WooReport];
}
