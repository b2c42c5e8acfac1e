namespace Automation.Functions.Tests.Hosting;

/// <summary>What callers read does not change by accident: names, their order, what is left out, how it is written.</summary>
public sealed class GoldenAnswerTests(AskedShop shop) : IClassFixture<AskedShop>
{
    [Fact]
    public async Task Every_answer_is_written_as_it_always_was()
    {
        var now = string.Concat(shop.All.Select(asked =>
            $"{asked.Method} {asked.Path} → {asked.Status} {asked.Type}\n{(IsUnderWay(asked) ? "" : AskedShop.Settled(asked.Body))}\n"));
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "answers.now.txt"), now);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "fixtures", "answers.txt")), now);
    }

    /// <summary>How much was sent by the time of the answer nobody knows.</summary>
    private static bool IsUnderWay(Asked asked) => asked.Path.Split('/')[^1] is "retry" || asked.Status == 202;
}
