using System.Net;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Pushing;

/// <summary>The command <c>publish</c> against a running shop.</summary>
public sealed class PublishTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_mistake_is_refused_in_the_words_of_validate()
    {
        using var folder = new TemporaryFolder();
        RunningShop.WriteShop(folder.File("mine"));
        await File.WriteAllTextAsync(folder.File("mine/journeys/hello.json"),
            RunningShop.Journey.Replace("2 days", "2 dais", StringComparison.Ordinal));
        var run = await CommandRun.Of(
            folder.Path, "publish", "mine", $"--to={shop.Address}", $"--Api:Key={RunningShop.Key}");
        Assert.Equal(1, run.Exit);
        Assert.StartsWith("journeys/hello.json:2:", run.Errors[^1], StringComparison.Ordinal);
        Assert.EndsWith("(did you mean 2 days?)", run.Errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_a_scenario_is_shown_and_published_with_a_reason_only()
    {
        using var folder = new TemporaryFolder();
        RunningShop.WriteShop(folder.File("mine"));
        Directory.CreateDirectory(folder.File("mine/tests"));
        await File.WriteAllTextAsync(folder.File("mine/tests/hello.json"), """
            { "journey": "hello", "start": "2026-11-03T09:00", "customer": { "consent": { "email": "given" } },
              "events": [ { "day": -1, "event": "order.placed" }, { "day": 0, "event": "order.fulfilled" } ],
              "diary": [ "day  0 09:00 enrolled in hello", "day  9 09:00 completed" ] }
            """);
        var refused = await Publish();
        Assert.Equal(1, refused.Exit);
        Assert.Contains("- day  9 09:00 completed", refused.Errors);
        Assert.Contains("+ day  2 09:00 sent hello", refused.Errors);
        Assert.Equal(2, (await Publish("--force", " ")).Exit);
        Assert.Equal(1, (await Publish("--dry-run")).Exit);
        Assert.False(File.Exists(Path.Combine(shop.Product.Get<Settings>().ShopFolder, "tests", "hello.json")));

        var insisted = await Publish("--force", "試し販売");
        Assert.True(insisted.Exit == 0, string.Join('\n', insisted.Errors));
        Assert.EndsWith("Published.\n", insisted.Output, StringComparison.Ordinal);
        using var audit = await shop.Api(HttpMethod.Get, "/api/audit");
        var latest = JsonElement.Parse(await audit.Content.ReadAsStringAsync()).GetProperty("items")[0];
        Assert.Equal(("PutShop", "試し販売"), (latest.Text("what"), latest.Text("why")));

        Task<CommandRun> Publish(params string[] more) => CommandRun.Of(folder.Path,
            ["publish", "mine", $"--to={shop.Address}", $"--Api:Key={RunningShop.Key}", .. more]);
    }

    [Fact]
    public async Task A_file_of_the_shop_that_is_no_text_is_named()
    {
        var file = Path.Combine(shop.Product.Get<Settings>().ShopFolder, "mails", "garbled.md");
        await File.WriteAllBytesAsync(file, [0x83, 0x65]);
        using var answer = await shop.Api(HttpMethod.Get, "/api/shop");
        File.Delete(file);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("mails/garbled.md", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
