using System.CommandLine;
using Automation.Functions.Simulation;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Commands;

/// <summary><c>test</c>: plays every scenario of a shop and compares the diaries.</summary>
public static class TestCommand
{
    public static Command Create()
    {
        var shop =
            new Argument<string>("shop") { Description = "The shop's folder.", DefaultValueFactory = _ => "shop" };
        var test = new Command(
            "test", "Plays every scenario under tests/ and compares its diary line by line.") { shop };
        test.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(shop), System.Console.Out, cancellation));
        return test;
    }

    public static async Task<int> Run(string folder, TextWriter to, CancellationToken cancellation)
    {
        var problems = ShopPublisher.Check(folder, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        foreach (var problem in problems) await to.WriteLineAsync(problem.ToString());
        if (problems.Count > 0) return CommandLine.Wrong;
        var (passed, failed) = (0, 0);
        await foreach (var played in ScenarioPlay.All(folder, null, cancellation))
            await Say(played.File, played.Differences);
        foreach (var (file, differences) in ScenarioPlay.Chats(folder)) await Say(file, differences);
        await to.WriteLineAsync($"{passed} passed, {failed} failed");
        return failed == 0 ? CommandLine.Fine : CommandLine.Wrong;

        async Task Say(string file, IReadOnlyList<string> differences)
        {
            await to.WriteLineAsync($"{(differences.Count == 0 ? "ok  " : "FAIL")} {file}");
            foreach (var line in differences) await to.WriteLineAsync($"       {line}");
            if (differences.Count == 0) passed++; else failed++;
        }
    }
}
