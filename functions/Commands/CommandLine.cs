using System.CommandLine;
using System.Net.Sockets;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Sqlite;
using Microsoft.AspNetCore.Connections;

namespace Automation.Functions.Commands;

/// <summary>The program's commands. Exit codes: 0 fine, 1 what was checked is wrong, 2 used wrongly.</summary>
public static class CommandLine
{
    public const int Fine = 0, Wrong = 1, Misused = 2;

    private const string Description = """
        Keeps a small shop in touch with its customers: order webhooks in, the right mails over the following weeks out.

        Configuration comes from appsettings.json, the environment (Section__Key) and the command line
        (--Section:Key=value), e.g.
          --Urls=http://localhost:8080  --Data:Folder=/var/shop  --Clock:Rate=86400
          --Sources:main:Platform=shopify  --Sources:main:Secret=…
        """;

    public static async Task<int> Run(string[] arguments)
    {
        var root = new RootCommand(Description) { TreatUnmatchedTokensAsErrors = false };
        var demo = DemoOption();
        root.Add(demo);
        root.SetAction(
            (parsed, cancellation) => Serve.Run([.. parsed.UnmatchedTokens], parsed.GetValue(demo), cancellation));
        root.Add(ServeCommand());
        root.Add(ValidateCommand.Create());
        root.Add(SimulateCommand.Create());
        root.Add(TestCommand.Create());
        root.Add(ImportCommand.Create());
        root.Add(PublishCommand.Create());
        root.Add(NewCommand.Create());
        root.Add(SchemasCommand.Create());
        root.Add(ConnectCommand.Create());
        root.Add(DoctorCommand.Create());
        foreach (var command in BackupCommand.Create()) root.Add(command);
        var parse = root.Parse(arguments);
        if (Strays(parse) is { Count: > 0 } strays)
            return await Misuse(string.Join(Environment.NewLine, [.. strays, .. Wrongs(parse)]));
        if (parse.Errors.Count > 0)
        {
            await parse.InvokeAsync();
            return Misused;
        }
        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false
            });
        }
        catch (SettingsException wrong)
        {
            return await Misuse(wrong.Message);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return await Misuse(
                $"{taken.Message.TrimEnd('.')}: another process listens there. Stop it, or choose another address: "
                + $"--Urls=http://localhost:7072");
        }
        catch (Exception unavailable) when (unavailable is IOException or UnauthorizedAccessException or SqliteException
            or SocketException)
        {
            // the address, the data folder or a file cannot be had; the message says which
            return await Misuse(unavailable.Message);
        }
    }

    /// <summary>Says what was used wrongly; answers the exit code for it.</summary>
    public static async Task<int> Misuse(string why)
    {
        await System.Console.Error.WriteLineAsync(why);
        return Misused;
    }

    private static Command ServeCommand()
    {
        var serve = new Command(
            "serve", "Runs the product on this machine (the default).")
        { TreatUnmatchedTokensAsErrors = false };
        var demo = DemoOption();
        serve.Add(demo);
        serve.SetAction(
            (parsed, cancellation) => Serve.Run([.. parsed.UnmatchedTokens], parsed.GetValue(demo), cancellation));
        return serve;
    }

    private static Option<bool> DemoOption() => new("--demo")
    {
        Description =
            $"Shows a plausible shop's year, in a data folder of its own (data-demo), with "
            + $"--Demo:Customers={Demo.DemoYear.Usual} customers.",
    };

    /// <summary>What is neither a command nor a setting, in words.</summary>
    private static List<string> Strays(ParseResult parse) => [.. parse.UnmatchedTokens.Select(Stray).OfType<string>()];

    private static string? Stray(string token)
    {
        if (!token.StartsWith("--", StringComparison.Ordinal))
            return $"'{token}' is not a command of this program; see --help.";
        var (key, equals) = token.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (token[2..at], true)
            : (token[2..], false);
        if (!SettingsReader.IsKey(key))
            return $"--{key} is not known; settings are written --Section:Key=value, see --help.";
        return equals ? null : $"--{key} has no value; write --{key}=value.";
    }

    /// <summary>What is wrong with the settings beside the strays: everything is said at once.</summary>
    private static IReadOnlyList<string> Wrongs(ParseResult parse)
    {
        try
        {
            var starts = parse.CommandResult.Command is RootCommand or { Name: "serve" };
            SettingsReader.Read(
                SettingsReader.Gather([.. parse.UnmatchedTokens.Where(token => Stray(token) is null)]),
                starts ? LocalHost.Problems : null);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Problems;
        }
    }
}
