using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Automation.Marketing.Tests.Shop;

namespace Automation.Marketing.Tests.Journeys;

public class ReaderFuzz
{
    private static readonly string[] Scraps = ["{", "}", "[", "]", "\"", ",", ":", "null", "true", "1e999", "-0",
        "\"\\ud800\"", "佐", "\t", "\n", "//", "\u0000", "{\"do\":3}", "99999999999999999999", "\"\""];

    /// <summary>A file as somebody's cat might edit it.</summary>
    private static byte[] Mutated(byte[] file, Random luck)
    {
        var bytes = file.ToList();
        for (var n = luck.Next(1, 4); n > 0; n--)
        {
            var at = luck.Next(bytes.Count);
            switch (luck.Next(4))
            {
                case 0: bytes.RemoveRange(at, Math.Min(luck.Next(1, 30), bytes.Count - at)); break;
                case 1: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Scraps[luck.Next(Scraps.Length)])); break;
                case 2: bytes[at] = (byte)luck.Next(256); break;
                default:
                    bytes.InsertRange(
                    at, bytes.GetRange(luck.Next(at + 1), Math.Min(20, bytes.Count - at)).ToArray()); break;
            }
            if (bytes.Count == 0) bytes.Add((byte)'{');
        }
        return [.. bytes];
    }

    [Fact]
    public void However_a_file_is_broken_it_is_read_or_refused_and_never_throws()
    {
        var luck = new Random(20261122);
        var shop = File.ReadAllBytes(Path.Combine(Repository.Root, "shop/shop.json"));
        var scenario = File.ReadAllBytes(Path.Combine(Repository.Root, "shop/tests/second-purchase.buys-again.json"));
        var journeys = ReaderTests.Right.Select(steps => JourneyReaderTests.WithSteps(steps))
            .Append(JourneyReaderTests.SecondPurchase).Select(Encoding.UTF8.GetBytes).ToArray();
        for (var n = 0; n < 6_000; n++)
        {
            var (journey, problems) = JourneyReader.Read(
                "x.json", Mutated(journeys[n % journeys.Length], luck), JourneyReaderTests.Known);
            Assert.NotEqual(journey is null, problems.Count == 0);
            if (n % 3 == 0) Assert.True(ShopReader.Read("shop.json", Mutated(shop, luck)) is var (settings, wrong)
                && settings is null == wrong.Count > 0);
            if (n % 3 == 1) Assert.True(ScenarioReader.Read("s.json", Mutated(scenario, luck),
                JourneyReaderTests.Known) is var (read, said) && read is null == said.Count > 0);
        }
    }
}
