using System.CommandLine;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing;

namespace Automation.Functions.Commands;

/// <summary><c>backup</c> and <c>restore</c>: the data folder of one machine as one file.</summary>
public static class BackupCommand
{
    public static IReadOnlyList<Command> Create() => [Backup(), Restore()];

    private static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "Where the backup goes; a name ending in .zip." };
        var backup = new Command("backup", """
            Writes the data folder's database, secrets and keys into one file, while the program runs and without
            holding it up; checked before it has its name. It holds personal data and secrets: keep it where only you
            read.
            """) { file };
        backup.TreatUnmatchedTokensAsErrors = false;
        backup.SetAction((parsed, cancellation) =>
            Make(parsed.GetRequiredValue(file), [.. parsed.UnmatchedTokens], cancellation));
        return backup;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "The backup." };
        var replace = new Option<bool>("--replace")
        {
            Description = "Also where there are data already; they are backed up beside it first."
        };
        var restore = new Command("restore", """
            Makes a data folder what a backup says. The program must not run. All of the backup is checked before
            anything is changed. What happened since it was made is forgotten, also that a mail was sent.
            """) { file, replace };
        restore.TreatUnmatchedTokensAsErrors = false;
        restore.SetAction((parsed, cancellation) => Bring(parsed.GetRequiredValue(file), parsed.GetValue(replace),
            [.. parsed.UnmatchedTokens], cancellation));
        return restore;
    }

    private static async Task<int> Make(string file, string[] arguments, CancellationToken cancellation)
    {
        var data = SettingsReader.Read(SettingsReader.Gather(arguments)).DataFolder;
        if (!File.Exists(Path.Combine(data, Hosting.Files.Database)))
            return await CommandLine.Misuse($"Data:Folder: there are no data in {data}: no {Hosting.Files.Database}.");
        if (Directory.Exists(file)) return await CommandLine.Misuse($"{file} is a folder; name a file in it.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            return await CommandLine.Misuse($"{file}: there is no such folder.");
        if (File.Exists(file)) return await CommandLine.Misuse($"{file} is there already; name another.");
        try
        {
            var made = await DataBackup.Make(data, file, TimeProvider.System, cancellation);
            System.Console.WriteLine(
                $"{file}: {Amount.Of(made.Files.Count, "file")} of {data} as of {made.MadeAt:yyyy-MM-dd HH:mm:ss} UTC, "
                + $"checked, {new FileInfo(file).Length / 1024:N0} KB");
            return CommandLine.Fine;
        }
        catch (InvalidDataException wrong)
        {
            await System.Console.Error.WriteLineAsync(wrong.Message);
            return CommandLine.Wrong;
        }
    }

    private static async Task<int> Bring(
        string file, bool replace, string[] arguments, CancellationToken cancellation)
    {
        var data = SettingsReader.Read(SettingsReader.Gather(arguments)).DataFolder;
        if (!File.Exists(file)) return await CommandLine.Misuse($"{file} is not there.");
        if (!replace && File.Exists(Path.Combine(data, Hosting.Files.Database)))
            return await CommandLine.Misuse(
                $"There are data in {data} already: --replace puts the backup in their place, after backing them up.");
        try
        {
            var before = await DataBackup.Restore(data, file, TimeProvider.System, cancellation);
            System.Console.WriteLine(before is null
                ? $"{data} is as {file} says."
                : $"{data} is as {file} says; what was there is in {before}.");
            return CommandLine.Fine;
        }
        catch (InvalidDataException wrong)
        {
            await System.Console.Error.WriteLineAsync($"{wrong.Message} Nothing was changed.");
            return CommandLine.Wrong;
        }
    }
}
