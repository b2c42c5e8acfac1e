using System.CommandLine;
using Automation.Functions.Simulation;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;

namespace Automation.Functions.Commands;

/// <summary><c>simulate</c>: plays one scenario and prints its diary.</summary>
public static class SimulateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("scenario") { Description = "The scenario's file, in the tests folder of a shop." };
        var simulate = new Command("simulate", "Plays a scenario on a clock that jumps, and prints the diary. Nothing is sent.") { file };
        simulate.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(file), Console.Out, cancellation));
        return simulate;
    }

    public static async Task<int> Run(string file, TextWriter to, CancellationToken cancellation)
    {
        if (!File.Exists(file)) return await CommandLine.Misuse($"{file} is not there.");
        if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(file))) is not { } folder || !File.Exists(Path.Combine(folder, "shop.json")))
            return await CommandLine.Misuse($"{file} is not in the tests folder of a shop: there is no shop.json beside that folder.");
        var contents = ShopFolder.Read(folder);
        var (scenario, problems) = ScenarioReader.Read(file, await File.ReadAllBytesAsync(file, cancellation), contents.Names);
        foreach (var problem in problems) await to.WriteLineAsync(problem.ToString());
        if (scenario is null || contents.Shop is not { } shop) return CommandLine.Wrong;
        foreach (var line in await Simulator.Play(folder, shop, scenario, cancellation)) await to.WriteLineAsync(line);
        return CommandLine.Fine;
    }
}
