using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Automation.Storage;

namespace Automation.Marketing.People;

/// <summary>JSON of the rows intake writes.</summary>
public static class CustomerJson
{
    private static readonly JsonSerializerOptions Options = new(RowJson.Options) { IgnoreReadOnlyProperties = true };

    public static JsonTypeInfo<Customer> Customer { get; } = Options.Of<Customer>();
    public static JsonTypeInfo<Order> Order { get; } = Options.Of<Order>();
    public static JsonTypeInfo<ConsentRecord> ConsentRecord { get; } = Options.Of<ConsentRecord>();
    public static JsonTypeInfo<Product> Product { get; } = Options.Of<Product>();
    public static JsonTypeInfo<string> Text { get; } = Options.Of<string>();
    public static JsonTypeInfo<Dictionary<string, double>> Days { get; } = Options.Of<Dictionary<string, double>>();
    public static JsonTypeInfo<Dictionary<string, int>> Counts { get; } = Options.Of<Dictionary<string, int>>();

    public static Row Row(Customer customer) =>
        Documents.Entity(customer.Id.Shard, customer.Id.Value, customer, Customer);
    public static Stored<Customer> Read(Row row) => Documents.Read(row, Customer);
}
