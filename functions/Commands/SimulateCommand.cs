using System.CommandLine;
using Automation.Functions.Simulation;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Commands;

/// <summary><c>simulate</c>: plays one scenario and prints its diary.</summary>
public static class SimulateCommand
{
    public static Command Create()
    {
        var file =
            new Argument<string>("scenario") { Description = "The scenario's file, in the tests folder of a shop." };
        var simulate = new Command(
            "simulate", "Plays a scenario on a clock that jumps, and prints the diary. Nothing is sent.") { file };
        simulate.SetAction(
            (parsed, cancellation) => Run(parsed.GetRequiredValue(file), System.Console.Out, cancellation));
        return simulate;
    }

    public static async Task<int> Run(string file, TextWriter to, CancellationToken cancellation)
    {
        if (!File.Exists(file)) return await CommandLine.Misuse($"{file} is not there.");
        if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(file))) is not { } folder
            || !File.Exists(Path.Combine(folder, "shop.json")))
            return await CommandLine.Misuse(
                $"{file} is not in the tests folder of a shop: there is no shop.json beside that folder.");
        var contents = ShopFolder.Read(folder);
        var (scenario, problems) = ScenarioReader.Read(
            file, await File.ReadAllBytesAsync(file, cancellation), contents.Names);
        foreach (var problem in problems) await to.WriteLineAsync(problem.ToString());
        if (scenario is null || contents.Shop is not { } shop) return CommandLine.Wrong;
        var diary = await Simulator.Play(folder, shop, scenario, cancellation);
        foreach (var line in diary) await to.WriteLineAsync(line);
        if (diary.Count > 0) return CommandLine.Fine;
        await to.WriteLineAsync(NobodyEnrolled(
            scenario, contents.Journeys.GetValueOrDefault(scenario.Journey)?.Journey));
        return CommandLine.Wrong;
    }

    private static string NobodyEnrolled(Scenario scenario, Journey? journey)
    {
        var happens = scenario.Events.Select(happens => happens.Event).Distinct().ToList();
        var why = journey?.Trigger switch
        {
            null => "there is no such journey that is right",
            Trigger.On on when happens.Find(on.Events.Contains) is { } started =>
                $"{started} happens, but the trigger's \"where\" does not hold, or the customer may not enter again",
            Trigger.On on => $"it waits for {on.Events}, and what happens is "
                + $"{(happens.Count == 0 ? "nothing" : string.Join(", ", happens))}",
            Trigger.Dated dated => $"the customer has no {dated.When.Field}, or it does not come, or \"where\" does "
                + "not hold then",
            var trigger => $"it never {trigger.InWords}, or did so at the start already",
        };
        return $"nobody was enrolled in {scenario.Journey}: {why}";
    }
}
