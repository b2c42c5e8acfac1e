namespace Automation.Marketing.Mails;

/// <summary>What stands between <c>```</c> lines of a mail. The first word behind them says what it is; none:
/// a coupon.</summary>
public abstract record MailBlock
{
    /// <summary>Cards of one to three products.</summary>
    /// <param name="Ids">Of products that shop.json knows, where they are named.</param>
    /// <param name="Button">Its words, with marks; null: those of the mail's language.</param>
    public sealed record Products(ProductsOf Of, IReadOnlyList<string> Ids, string? Button) : MailBlock;

    /// <summary>The order with pictures and totals.</summary>
    public sealed record OrderTable : MailBlock;

    /// <summary>A code in a frame, and what is to be said of it, with marks.</summary>
    public sealed record Coupon(string Code, IReadOnlyList<string> Notes) : MailBlock;

    /// <summary>Where else the shop is.</summary>
    public sealed record Social : MailBlock;

    private MailBlock() { }

    /// <summary>Cards that fit beside each other.</summary>
    public const int MostProducts = 3;

    /// <summary>The words there are.</summary>
    internal static readonly string[] Words = ["products", "order", "coupon", "social"];
}

/// <summary>Which products: what to buy next, what was bought, or those named.</summary>
public enum ProductsOf { Suggestions, Order, Named }

/// <summary>A block, and where in the file it begins.</summary>
public sealed record PlacedBlock(MailBlock Block, int Offset);
