using System.Net;
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
