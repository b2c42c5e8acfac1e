using System.Text;
using Automation.Functions.Simulation;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Tests.Line;

/// <summary>What a journey that writes by LINE does, as its diary tells it.</summary>
public sealed class LineDiaryTests
{
    private const string Preferred = """{ "do": "send", "mail": "hello", "line": "hello" }""";

    [Theory]
    [InlineData("given", "given", "sent hello by LINE")]
    [InlineData("given", "unknown", "sent hello")]
    [InlineData("unknown", "withdrawn", "not sent hello: consent: unknown")]
    [InlineData("withdrawn", "given", "sent hello by LINE")]
    public Task One_of_the_two_goes(string email, string line, string said) => Play(
        "review.posted", Preferred, $$"""{ "email": "{{email}}", "line": "{{line}}" }""",
        """{ "day": 0, "event": "review.posted" }""",
        "day 0 09:00 enrolled in hello", $"day 0 09:00 {said}", "day 0 09:00 completed");

    [Fact]
    public Task Both_go_and_who_blocks_in_between_gets_the_mail_alone() => Play(
        "line.followed", $$"""
        {{Preferred[..^2]}}, "by": "both" }, { "do": "wait", "for": "2 days" }, {{Preferred[..^2]}}, "by": "both" }
        """, """{ "email": "given" }""",
        """{ "day": 0, "event": "line.followed" }, { "day": 1, "event": "line.unfollowed" }""",
        "day 0 09:00 enrolled in hello", "day 0 09:00 sent hello by LINE", "day 0 09:00 sent hello",
        "day 2 09:00 not sent hello by LINE: consent: withdrawn", "day 2 09:00 sent hello", "day 2 09:00 completed");

    private static async Task Play(string trigger, string steps, string consent, string events, params string[] diary)
    {
        using var folder = new TemporaryFolder();
        RunningShop.WriteShop(folder.Path);
        Directory.CreateDirectory(folder.File("lines"));
        await File.WriteAllTextAsync(folder.File("lines/hello.md"), "---\nalt: こんにちは\n---\n# こんにちは\n");
        await File.WriteAllTextAsync(folder.File("journeys/hello.json"), $$"""
            { "name": "こんにちは", "purpose": "marketing", "trigger": { "event": "{{trigger}}" }, "steps": [ {{steps}} ] }
            """);
        Assert.Empty(ShopPublisher.Check(folder.Path));
        var contents = ShopFolder.Read(folder.Path);
        var (scenario, wrong) = ScenarioReader.Read("hello.json", Encoding.UTF8.GetBytes($$"""
            { "journey": "hello", "customer": { "consent": {{consent}} }, "events": [ {{events}} ], "diary": [] }
            """), contents.Names);
        Assert.Empty(wrong);
        var said = await Simulator.Play(folder.Path, contents.Shop!, scenario!);
        Assert.Equal(diary, said.Select(line => string.Join(
            ' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }
}
