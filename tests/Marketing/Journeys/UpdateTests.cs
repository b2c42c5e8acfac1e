using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Journeys;

public class UpdateTests
{
    [Fact]
    public void An_update_gives_tags_and_attributes_and_takes_them_back_and_twice_is_once()
    {
        var customer = new Customer
        {
            Id = new("0123456789abcdef01234567"),
            Tags = ["new", "tea"],
            Attributes = Said("""{ "visits": 1, "note": "x", "giftWrap": true }"""),
        };
        var update = new Step.Update(["vip", "tea"], ["new", "never-had"], Said("""{ "visits": 2, "note": null }"""));

        var updated = Updates.Apply(update, customer);

        Assert.Equal(["tea", "vip"], updated.Tags);
        Assert.Equal(
            ["giftWrap True", "visits 2"],
            updated.Attributes.Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal));
        var again = Updates.Apply(update, updated);
        Assert.Equal(updated.Tags, again.Tags);
        Assert.Equal(updated.Attributes.Keys, again.Attributes.Keys);
    }

    private static Dictionary<string, JsonElement> Said(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
}
