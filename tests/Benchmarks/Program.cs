using Automation.Benchmarks;

if (args is ["floor", var mode, var port, var data])
{
    await Floor.Serve(mode, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), data);
    return 0;
}

string[] all = ["intake", "journeys", "latency", "waiting", "events", "startup", "issue", "telemetry", "year", "chat"];
if (args.Any(a => !all.Contains(a)))
{
    System.Console.Error.WriteLine(
        $"usage: dotnet run -c Release --project tests/Benchmarks [-- {string.Join('|', all)} …]\nEach prints its "
        + $"figure beside a floor measured in the same run.");
    return 2;
}

// Whatever a measure writes lies in here, its servers' data too.
var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
Environment.SetEnvironmentVariable("TMPDIR", folder);
foreach (var name in args.Length > 0 ? args : all)
{
    System.Console.WriteLine($"== {name}");
    await (name switch
    {
        "intake" => Measures.Intake(),
        "journeys" => Measures.Journeys(),
        "latency" => Measures.Latency(),
        "waiting" => Measures.Waiting(),
        "events" => EventMeasures.Run(),
        "issue" => IssueMeasures.Run(),
        "telemetry" => TelemetryMeasures.Run(),
        "year" => YearMeasures.Run(),
        "chat" => Task.Run(ChatMeasures.Run),
        _ => Measures.StartUp(),
    });
}
Directory.Delete(folder, recursive: true);
return 0;
