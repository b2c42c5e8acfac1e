using System.Text.Json;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Replays;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Replays;

/// <summary>Whoever is not looked at in a night could not have been found in it.</summary>
public sealed class NextLookTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 18, 40, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Japan = Zones.Find("Asia/Tokyo")!;
    private static readonly Trigger.Dated Birthday = (Trigger.Dated)JourneyReader.Read(
        "birthday.json", """
        { "name": "x", "purpose": "marketing",
          "trigger": { "date": "customer.attributes.birthday", "yearly": true, "offset": "3 days", "before": true,
            "at": "10:00" },
          "steps": [ { "do": "send", "mail": "x" } ] }
        """u8.ToArray(), Files.Names.Unchecked).Journey!.Trigger;

    private static ShopSettings Shop { get; } = new()
    {
        Name = "店",
        PostalAddress = "東京",
        Contact = new("shop@example.jp"),
        TimeZone = "Asia/Tokyo",
        Attributes = new Dictionary<string, string> { ["birthday"] = "date" },
    };

    [Fact]
    public void No_night_between_two_looks_would_have_found_anything()
    {
        var (found, nights, looks) = (0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var customer = Anybody(new Random(seed));
            DateTimeOffset? due = Begin;
            for (var night = Begin; night < Begin.AddDays(500); night = night.AddDays(1), nights++)
            {
                var situation = new Situation { Customer = customer, Shop = Shop, Now = night, ShopInterval = 30 };
                var finds = IsLate(situation) || Occurrences.Between(
                    Birthday.When, situation, night.AddDays(-3), night.AddHours(25), Japan) is not null;
                if (finds) found++;
                if (due <= night)
                {
                    looks++;
                    if (IsLate(situation))
                        customer = customer with { LateSaidFor = Facts.LastAt(customer.Orders) };
                    due = NextLook.Of(situation with { Customer = customer }, [Birthday], Japan);
                }
                else Assert.False(finds, $"seed {seed}, {night:yyyy-MM-dd}");
            }
        }
        Assert.True(found > 500 && looks < nights / 10, $"{found} found, {looks} looks in {nights} nights");
    }

    private static bool IsLate(Situation now) => Facts.Last(now.Customer.Orders) is { } last
        && !(now.Customer.LateSaidFor >= last.At)
        && Facts.Lateness(now.Customer.Orders, now.ShopInterval, now.Now) >= Shop.Late.Threshold;

    private static Customer Anybody(Random chance)
    {
        var facts = OrderFacts.None;
        var at = Begin.AddDays(-200 * chance.NextDouble());
        for (var n = chance.Next(6); n > 0; n--, at = at.AddDays(3 + 60 * chance.NextDouble()))
            facts = Facts.Apply(facts, new() { Key = $"shop:{n}", At = at, Total = 100 });
        var born = new DateTime(1980, 1, 1).AddDays(chance.Next(10_000));
        return new()
        {
            Id = new("00aa00aa00aa00aa00aa00aa"),
            Orders = facts,
            Attributes = chance.Next(3) == 0 ? new Dictionary<string, JsonElement>() : new()
            {
                ["birthday"] = JsonSerializer.SerializeToElement($"{born:yyyy-MM-dd}"),
            },
        };
    }
}
