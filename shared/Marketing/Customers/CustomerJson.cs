using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Marketing.Consent;
using Automation.Marketing.Orders;
using Automation.Storage;

namespace Automation.Marketing.Customers;

/// <summary>JSON of the rows intake writes; Japanese text stays readable (and short).</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(ConsentRecord))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, int>))]
public sealed partial class CustomerJson : JsonSerializerContext
{
    private static CustomerJson? rows;

    public static CustomerJson Rows => rows ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static TableEntity Row(Customer customer) => Documents.Entity(customer.Id.Shard, customer.Id.Value, customer, Rows.Customer);
    public static Stored<Customer> Read(TableEntity row) => Documents.Read(row, Rows.Customer);
}
