namespace Automation.Functions.Tests.Hosting;

/// <summary>What callers read does not change by accident: names, their order, what is left out, how it is
/// written.</summary>
public sealed class GoldenAnswerTests(AskedShop shop) : IClassFixture<AskedShop>
{
    [Fact]
    public async Task Every_answer_is_written_as_it_always_was()
    {
        var (here, now) = (AppContext.BaseDirectory, string.Concat(shop.All.Select(Line)));
        await File.WriteAllTextAsync(Path.Combine(here, "answers.now.txt"), now);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(here, "fixtures", "answers.txt")), now);
    }

    private static string Line(Asked asked) => $"""
        {asked.Method} {asked.Path} → {asked.Status} {asked.Type}
        {(IsUnderWay(asked) ? "" : AskedShop.Settled(asked.Body))}

        """;

    /// <summary>How much was sent by the time of the answer nobody knows.</summary>
    private static bool IsUnderWay(Asked asked) => asked.Path.Split('/')[^1] is "retry" || asked.Status == 202;
}
