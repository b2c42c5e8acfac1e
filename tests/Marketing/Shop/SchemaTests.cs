using System.Text.Json.Nodes;
using Automation.Marketing.Files;
using Automation.Marketing.Publishing;
using Automation.Marketing.Tests.Journeys;

namespace Automation.Marketing.Tests.Shop;

public class SchemaTests
{
    public static TheoryData<string> Names => [.. Schemas.All.Keys];

    private static SchemaCheck Schema(string name) =>
        new(JsonNode.Parse(Schemas.All[$"{name}.schema.json"])!.AsObject());

    /// <summary>Run with UPDATE_SCHEMA=1 to write the files.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_schema_in_the_docs_is_the_one_made_from_the_language(string name)
    {
        var file = Path.Combine(Repository.Root, "docs/schema", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Schemas.All[name]);
        }
        Assert.Equal(Schemas.All[name], File.ReadAllText(file));
    }

    [Theory]
    [InlineData("journey", "shop/journeys")]
    [InlineData("scenario", "shop/tests")]
    [InlineData("shop", "shop")]
    [InlineData("newsletter", "shop/newsletters")]
    [InlineData("chat", "shop/tests")]
    public void The_schema_accepts_what_the_shop_has_written(string schema, string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.json")
            .Where(file => file.EndsWith(".chat.json", StringComparison.Ordinal) == (schema == "chat")).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(Schema(schema).Accepts(JsonNode.Parse(File.ReadAllText(file))), file));
    }

    [Theory]
    [InlineData("\"name\"", "\"nmae\"")]
    [InlineData("\"marketing\"", "\"marketting\"")]
    [InlineData("\"order.placed\"", "\"order.palced\"")]
    [InlineData("customer.orders.count", "customer.order.count")]
    [InlineData("\"14 days\"", "\"14 dyas\"")]
    [InlineData("\"do\": \"send\"", "\"do\": \"sned\"")]
    [InlineData("\"gte\"", "\"get\"")]
    [InlineData("\"tuesday\"", "\"teusday\"")]
    [InlineData("\"09:00\"", "\"9:00\"")]
    [InlineData("10000", "\"10000\"")]
    [InlineData("\"upTo\": \"5 days\",", "")]
    [InlineData("\"never\"", "\"nevre\"")]
    public void The_schema_refuses_slips(string right, string wrong)
    {
        var journey = Schema("journey");
        Assert.True(journey.Accepts(JsonNode.Parse(JourneyReaderTests.SecondPurchase)));
        Assert.False(journey.Accepts(
            JsonNode.Parse(JourneyReaderTests.SecondPurchase.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public void What_the_readers_accept_the_schemas_accept() =>
        Assert.All(ReaderTests.Right, steps => Assert.True(
            Schema("journey").Accepts(JsonNode.Parse(JourneyReaderTests.WithSteps(steps))), steps));
}
