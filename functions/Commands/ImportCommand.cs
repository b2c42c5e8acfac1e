using System.CommandLine;
using Automation.Functions.Hosting;
using Automation.Functions.Imports;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Spectre.Console;
using Columns = Automation.Functions.Imports.Columns;
using Reading = Automation.Functions.Imports.Reading;

namespace Automation.Functions.Commands;

/// <summary><c>import</c>: customers and orders of the past, from CSV.</summary>
public static class ImportCommand
{
    private static readonly string Description = $"""
        Brings in customers or orders from a CSV file (UTF-8 or Shift_JIS). Starts no journeys. May be interrupted and
        run again: what is there is recognised, and only what is not known is filled in.

        Exports are recognised by their headers: {string.Join("; ", Formats.All.Select(format => format.Name))}.
        Any other file is read by our own columns, in any order (Japanese headers such as メールアドレス, 氏名, 注文番号,
        注文日, 合計 are understood):
          {string.Join(", ", Columns.All)}
        A file with a column orderId holds orders, one row for each line of an order. A file that could be read in two
        ways, or in none, is refused.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The CSV file." };
        var source = new Option<string>(
            "--source")
        { Description = "The source these ids belong to (default: the only configured one)." };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Only says how each column is read, what the first rows would become, and what is left out."
        };
        var mapping = new Option<string>("--mapping")
        {
            Description = "A JSON file that says which header is which column: {\"お客様\": \"name\", \"メモ\": null}."
        };
        var asOf = new Option<string>("--consent-as-of")
        {
            Description = "Your word that consents without a day of their own held on this day (2026-11-22)."
        };
        var import = new Command("import", Description) { file, source, dryRun, mapping, asOf };
        import.TreatUnmatchedTokensAsErrors = false;
        import.SetAction((parsed, cancellation) => Run(
            new()
            {
                Path = parsed.GetRequiredValue(file),
                Source = parsed.GetValue(source),
                Mapping = parsed.GetValue(mapping),
                AsOf = parsed.GetValue(asOf),
                DryRun = parsed.GetValue(dryRun),
            }, [.. parsed.UnmatchedTokens], cancellation));
        return import;
    }

    private sealed record Wanted
    {
        public required string Path { get; init; }
        public required string? Source { get; init; }
        public required string? Mapping { get; init; }
        public required string? AsOf { get; init; }
        public required bool DryRun { get; init; }
    }

    private static async Task<int> Run(Wanted wanted, string[] arguments, CancellationToken cancellation)
    {
        foreach (var file in (string?[])[wanted.Path, wanted.Mapping]) if (file is not null && !File.Exists(file))
            return await CommandLine.Misuse($"{file} is not there.");
        var settings = SettingsReader.Read(SettingsReader.Gather(arguments));
        var source = wanted.Source;
        if (source is null && settings.Sources is not [_]) return await CommandLine.Misuse(
            $"Say whose ids these are: --source={string.Join('|', settings.Sources.Select(s => s.Name))}");
        if (source is not null && !SettingsReader.IsSourceName(source)) return await CommandLine.Misuse(
            $"--source {source} cannot be a source's name: up to 40 lower-case letters, digits and dashes.");
        if (source is not null && settings.Sources.All(known => known.Name != source))
            await System.Console.Error.WriteLineAsync(
                $"No source {source} is configured "
                + $"({string.Join(", ", settings.Sources.Select(known => known.Name))}): its ids will not be "
                + $"recognised in webhooks of another name.");
        if (ShopFolder.Read(settings.ShopFolder) is not { Shop: { } shop })
            return await CommandLine.Misuse($"Shop:Folder: there is no shop to open in {settings.ShopFolder}.");
        var consentAsOf = wanted.AsOf is { } day ? Import.Day(day, shop, TimeProvider.System.GetUtcNow()) : null;
        if (consentAsOf is null && wanted.AsOf is { } odd)
            return await CommandLine.Misuse($"--consent-as-of {odd} is not a day of the past; write 2026-11-22.");
        source ??= settings.Sources[0].Name;
        try
        {
            return wanted.DryRun ? Try(wanted, source, shop, consentAsOf)
                : await Bring(wanted, source, settings, consentAsOf, cancellation);
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

    private static int Try(Wanted wanted, string source, ShopSettings shop, DateTimeOffset? consentAsOf)
    {
        var file = ImportFile.Open(wanted.Path, shop, wanted.Mapping);
        var bad = Preview.Print(file, new Reading(source, shop, TimeProvider.System.GetUtcNow(), file.Name,
            file.Reading.Format, consentAsOf), System.Console.Out);
        return bad.Count == 0 ? CommandLine.Fine : CommandLine.Wrong;
    }

    private static async Task<int> Bring(
        Wanted wanted, string source, Settings settings, DateTimeOffset? consentAsOf, CancellationToken cancellation)
    {
        await using var product = await OneMachine.Open(settings, cancellation: cancellation);
        var import = new Import(product.Services, source, wanted.Mapping, consentAsOf);
        var result = await WithProgress(wanted.Path, progress => import.Run(wanted.Path, progress, cancellation));
        foreach (var bad in result.Bad) await System.Console.Error.WriteLineAsync($"{wanted.Path}: {bad}");
        System.Console.WriteLine($"{result.Imported} imported, {Amount.Of(result.Bad.Count, "line")} could not be");
        return result.Bad.Count == 0 ? CommandLine.Fine : CommandLine.Wrong;
    }

    private static async Task<ImportResult> WithProgress(string path, Func<Action<int>, Task<ImportResult>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || System.Console.IsOutputRedirected)
            return await run(_ => { });
        var rows = File.ReadLines(path).Count() - 1;
        return await AnsiConsole.Progress().Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bar =>
            {
                var task = bar.AddTask(Path.GetFileName(path), maxValue: Math.Max(1, rows));
                return run(done => task.Value = done);
            });
    }
}
