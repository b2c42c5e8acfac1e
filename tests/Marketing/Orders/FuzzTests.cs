using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Orders.Fixtures;

namespace Automation.Marketing.Tests.Orders;

/// <summary>Whatever is signed, reading it ends in notices or in one well-explained refusal.</summary>
public sealed class FuzzTests
{
    private static readonly (SourceSettings Source, string Topic, string File)[] Real =
    [
        (Fixtures.Shopify, "orders/updated", "shopify/order_paid_partially_refunded_3lines.json"),
        (Fixtures.Shopify, "refunds/create", "shopify/refund_with_transactions.json"),
        (Fixtures.Shopify, "fulfillments/create", "shopify/fulfillments_create.2025-07.doc-sample.json"),
        (Fixtures.Shopify, "customers/update", "shopify/customer_full_rest.json"),
        (Fixtures.WooCommerce, "order.updated", "woocommerce/order_refunded.json"),
        (Fixtures.WooCommerce, "customer.updated", "woocommerce/customer_updated.docs.json"),
        (Fixtures.Generic, GenericDialect.Topic, "generic/order_placed.json"),
    ];

    [Fact]
    public void Bodies_cut_off_or_scrambled_anywhere_are_read_or_refused_with_a_reason() =>
        Prop.ForAll((from which in Gen.Choose(0, Real.Length - 1)
                     from cut in Gen.Choose(0, 30_000)
                     from seed in Gen.Choose(0, int.MaxValue - 1)
                     from flips in Gen.Choose(0, 4)
                     select (which, cut, seed, flips)).ToArbitrary(), made =>
                     {
                         var (source, topic, file) = Real[made.which];
                         var body = Bytes(file);
                         var random = new Random(made.seed);
                         for (var flip = 0; flip < made.flips; flip++)
                             body[random.Next(body.Length)] = (byte)random.Next(256);
                         ReadOrRefuse(source, topic, made.flips == 0 ? body[..(made.cut % body.Length)] : body);
                     }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1e400")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[null,1,{}]")]
    [InlineData("{}")]
    [InlineData("{\"a\":[1]}")]
    public void Any_member_may_be_of_any_type(string odd)
    {
        foreach (var (source, topic, file) in Real)
        {
            var text = Encoding.UTF8.GetString(Bytes(file));
            foreach (var path in Paths(JsonNode.Parse(text)!).Take(400))
            {
                var root = JsonNode.Parse(text)!;
                var at = path[..^1].Aggregate(
                    root, (node, step) => step is int index ? node[index]! : node[(string)step]!);
                var name = $"@{path[^1]}@";
                if (path[^1] is not string member) continue;
                at[member] = name;
                ReadOrRefuse(source, topic, Encoding.UTF8.GetBytes(root.ToJsonString().Replace(
                    JsonSerializer.Serialize(name), odd, StringComparison.Ordinal)));
            }
        }
    }

    private static void ReadOrRefuse(SourceSettings source, string topic, byte[] body)
    {
        try { _ = Dialects.Read(source, Envelope(source, topic, body)); }
        catch (UnreadableException e) { Assert.NotEmpty(e.Message); }
    }

    private static IEnumerable<object[]> Paths(JsonNode node)
    {
        if (node is JsonObject members)
            foreach (var (name, value) in members)
            {
                yield return [name];
                if (value is not null) foreach (var path in Paths(value)) yield return [name, .. path];
            }
        else if (node is JsonArray items)
            for (var index = 0; index < items.Count; index++)
                if (items[index] is { } item) foreach (var path in Paths(item)) yield return [index, .. path];
    }
}
