using System.CommandLine;
using Automation.Functions.Simulation;
using Automation.Marketing.Journeys;
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
        var contents = ShopFolder.Read(folder);
        if (problems.Count > 0 || contents.Shop is not { } shop) return CommandLine.Wrong;
        var failed = 0;
        foreach (var (file, scenario) in contents.Scenarios.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var differences = DiaryFormat.Differences(
                scenario.Diary, await Simulator.Play(folder, shop, scenario, cancellation));
            await to.WriteLineAsync($"{(differences.Count == 0 ? "ok  " : "FAIL")} {file}");
            foreach (var line in differences) await to.WriteLineAsync($"       {line}");
            if (differences.Count > 0) failed++;
        }
        await to.WriteLineAsync($"{contents.Scenarios.Count - failed} passed, {failed} failed");
        return failed == 0 ? CommandLine.Fine : CommandLine.Wrong;
    }
}
