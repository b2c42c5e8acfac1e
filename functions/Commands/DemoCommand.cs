using System.Text;
using Automation.DurableTask.Embedded;
using Automation.Functions.Demo;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Spectre.Console;

namespace Automation.Functions.Commands;

/// <summary>Fills a data folder with an imagined shop's year, once.</summary>
public static class DemoCommand
{
    /// <summary>Where it lies unless <c>Data:Folder</c> says otherwise.</summary>
    public const string Folder = "data-demo";

    private const string Done = "done";

    /// <summary>Why there is no demo; null: the folder holds it. Cut short, it is written again from the
    /// beginning.</summary>
    public static async Task<string?> Prepare(Settings settings, CancellationToken cancellation)
    {
        var marker = DemoYear.Marker(settings.DataFolder);
        if (File.Exists(marker) && await File.ReadAllTextAsync(marker, cancellation) == Done) return null;
        if (!File.Exists(marker) && File.Exists(Path.Combine(settings.DataFolder, Hosting.Files.Database)))
            return $"{settings.DataFolder} holds a shop: the demo is not mixed into it. Choose another: "
                + $"--Data:Folder=…";
        if (settings.Mail.Transport != "folder")
            return "The demo's customers are imagined: Mail:Transport must be folder.";
        Files.OwnFolder(settings.DataFolder);
        Files.Replace(marker, "begun"u8);
        await using (var machine = await OneMachine.Open(settings, cancellation: cancellation))
        {
            await WithProgress(settings.DemoCustomers, progress =>
                new DemoYear(machine.Services, settings.Sources[0].Name).Write(
                    settings.DemoCustomers, progress, cancellation));
            // Whoever is on the way walks up to where they wait today: nobody is overdue at the start.
            machine.Get<EmbeddedTaskHub>().Start();
            await machine.Get<EmbeddedTaskHub>().WaitForIdleAsync();
        }
        Files.Replace(marker, Encoding.ASCII.GetBytes(Done));
        return null;
    }

    private static Task WithProgress(int customers, Func<Action<int>, Task> write)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || System.Console.IsOutputRedirected)
        {
            System.Console.WriteLine($"A year of {customers} customers is being imagined.");
            return write(_ => { });
        }
        return AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(bar =>
            {
                var task = bar.AddTask("customers", maxValue: customers);
                return write(done => task.Value = done);
            });
    }
}
