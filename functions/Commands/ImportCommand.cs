using System.CommandLine;
using Automation.Functions.Hosting;
using Automation.Functions.Imports;
using Automation.Marketing;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Columns = Automation.Functions.Imports.Columns;

namespace Automation.Functions.Commands;

/// <summary><c>import</c>: customers and orders of the past, from CSV.</summary>
public static class ImportCommand
{
    private static readonly string Description = $"""
        Brings in customers or orders from a CSV file (UTF-8 or Shift_JIS). Starts no journeys. May be interrupted and run again:
        what is there is recognised. A file with a column orderId holds orders, one row for each line of an order.

        Columns, in any order (Japanese headers such as メールアドレス, 氏名, 注文番号, 注文日, 合計 are understood):
          {string.Join(", ", Columns.All)}
        """;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The CSV file." };
        var source = new Option<string>("--source") { Description = "The source these ids belong to (default: the only configured one)." };
        var import = new Command("import", Description) { file, source };
        import.TreatUnmatchedTokensAsErrors = false;
        import.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(file), parsed.GetValue(source), [.. parsed.UnmatchedTokens], cancellation));
        return import;
    }

    private static async Task<int> Run(string path, string? source, string[] arguments, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return await CommandLine.Misuse($"{path} is not there.");
        var settings = SettingsReader.Read(SettingsReader.Gather(arguments));
        if (source is null && settings.Sources is not [_]) return await CommandLine.Misuse($"Say whose ids these are: --source={string.Join('|', settings.Sources.Select(s => s.Name))}");
        if (source is not null && !SettingsReader.IsSourceName(source)) return await CommandLine.Misuse($"--source {source} cannot be a source's name: up to 40 lower-case letters, digits and dashes.");
        if (source is not null && settings.Sources.All(known => known.Name != source))
            await Console.Error.WriteLineAsync($"No source {source} is configured ({string.Join(", ", settings.Sources.Select(known => known.Name))}): its ids will not be recognised in webhooks of another name.");
        await using var parts = await Parts.Open(settings, NullLoggerFactory.Instance, cancellation: cancellation);
        var import = new Import(parts, source ?? settings.Sources[0].Name);
        try
        {
            var result = await WithProgress(path, progress => import.Run(path, progress, cancellation));
            foreach (var bad in result.Bad) await Console.Error.WriteLineAsync($"{path}: {bad}");
            Console.WriteLine($"{result.Imported} imported, {Amount.Of(result.Bad.Count, "line")} could not be");
            return result.Bad.Count == 0 ? CommandLine.Fine : CommandLine.Wrong;
        }
        catch (InvalidDataException wrong)
        {
            return await CommandLine.Misuse(wrong.Message);
        }
        catch (OperationCanceledException)
        {
            return await CommandLine.Misuse("Interrupted; run it again to go on.");
        }
    }

    private static async Task<ImportResult> WithProgress(string path, Func<Action<int>, Task<ImportResult>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected) return await run(_ => { });
        var rows = File.ReadLines(path).Count() - 1;
        return await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bar =>
            {
                var task = bar.AddTask(Path.GetFileName(path), maxValue: Math.Max(1, rows));
                return run(done => task.Value = done);
            });
    }
}
