using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Storage;

namespace Automation.Functions.Doctor;

/// <summary>SendGrid's key is looked at once, behind a start that does not wait for it: what is wrong is a warning in
/// the log and a row of <c>Attention</c>, which goes at the next start that finds the key right.</summary>
public sealed partial class StartCheck(
    Settings settings, Tables tables, [FromKeyedServices(Clocks.Wall)] TimeProvider wall, ILogger<StartCheck> log)
{
    /// <summary>The row's partition and key.</summary>
    public const string Kind = "setup", Key = "sendgrid";

    /// <summary>Never throws: a start does not fail by it.</summary>
    public async Task Run(CancellationToken stopping)
    {
        if (settings.Mail.Transport != "sendgrid") return;
        try
        {
            using var asking = new Asking(wall);
            var (found, _) = await SendGridKey.Look(settings.SendGrid, asking, stopping);
            if (found.Grade != Grade.Ok) LogFound(found.Says, found.Remedy);
            // Whether a key that could not be asked for is right is not known: what was found before stays.
            if (found.Grade == Grade.Wrong) await tables.Attention.Upsert(new Row(Kind, Key)
            {
                { "Reason", $"SendGrid: {found.Says}. {found.Remedy}" },
                { "At", wall.GetUtcNow() },
            }, UpdateMode.Replace, stopping);
            if (found.Grade == Grade.Ok) await tables.Attention.Delete(Kind, Key, ETag.All, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { /* the next start looks */ }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogUnsaid(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "SendGrid: {Found}. {Remedy}")]
    private partial void LogFound(string found, string? remedy);

    [LoggerMessage(Level = LogLevel.Error, Message = "what was found of SendGrid's key could not be kept")]
    private partial void LogUnsaid(Exception error);
}
