using System.CommandLine;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;

namespace Automation.Functions.Commands;

/// <summary><c>doctor</c>: is everything right that an installation stands on?</summary>
public static class DoctorCommand
{
    public static Command Create()
    {
        var doctor = new Command("doctor", """
            Looks at SendGrid's key, the sender domains (SPF, DKIM, DMARC), the links in mails, the clock, the disk, the
            storage and the webhooks of connected platforms; says how each stands and what to do. Changes nothing, and
            may be asked while the program runs.
            """);
        doctor.TreatUnmatchedTokensAsErrors = false;
        doctor.SetAction((parsed, cancellation) => Run([.. parsed.UnmatchedTokens], cancellation));
        return doctor;
    }

    private static async Task<int> Run(string[] arguments, CancellationToken cancellation)
    {
        var settings = SettingsReader.Read(SettingsReader.Gather(arguments));
        return FindingLines.Print(
            await new Examination(settings, TimeProvider.System, cancellation).Run(), System.Console.Out);
    }
}
