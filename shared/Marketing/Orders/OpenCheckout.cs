using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Orders;

/// <summary>What is kept of a checkout: whose it is, and what came of it.</summary>
public sealed record OpenCheckout
{
    public required Checkout Checkout { get; init; }

    /// <summary>Null: it ended before anybody knew whose it was.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>When it counts as abandoned, unless something happens; null: it is over.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How it ended; null: it is open.</summary>
    public CheckoutEnd? End { get; init; }
}

/// <summary>What came of a checkout.</summary>
public enum CheckoutEnd { Ordered, Abandoned, Deleted }

/// <summary>Rows of checkouts: partition <c>checkouts</c> of <c>Events</c>. <c>c|{source}|{id}</c> is the checkout,
/// <c>d|{due}|{source}|{id}</c> says when it is to be looked at.</summary>
internal static class CheckoutRows
{
    public const string Partition = "checkouts", Kept = "c|", Due = "d|";
    private static readonly JsonTypeInfo<OpenCheckout> Json = RowJson.Named.Of<OpenCheckout>();

    public static string Key(string source, string id) => $"{Keys.Safe(source)}|{Keys.Safe(id)}";

    public static string DueKey(string key, DateTimeOffset at) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Due}{at.UtcTicks:D19}|{key}");

    public static Row Of(string key, OpenCheckout checkout, DateTimeOffset now)
    {
        var row = Documents.Entity(Partition, Kept + key, checkout, Json);
        row["At"] = now;
        return row;
    }

    public static Stored<OpenCheckout> Read(Row row) => Documents.Read(row, Json);
}
