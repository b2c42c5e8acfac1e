using Automation.Marketing.Files;
using Automation.Marketing.People;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>What happened in an enrollment, in words, as it happens: the log in production, the diary of a
/// simulation.</summary>
public sealed partial class Diary(ILogger<Diary> log, Diary.Reader? reader = null)
{
    /// <summary>Reads every line as it is written; for simulations.</summary>
    public delegate void Reader(EnrollmentId enrollment, DateTimeOffset at, string text);

    public void Write(EnrollmentId enrollment, DateTimeOffset at, string text)
    {
        reader?.Invoke(enrollment, at, text);
        if (log.IsEnabled(LogLevel.Debug)) Line(enrollment.ToString(), text);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Enrollment}: {Text}")]
    private partial void Line(string enrollment, string text);
}
