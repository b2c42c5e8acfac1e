using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>What happened in an enrollment, in words, as it happens: the log in production, the diary of a simulation.</summary>
public sealed partial class Diary(ILogger<Diary> log)
{
    /// <summary>Called with every line; for simulations.</summary>
    public Action<EnrollmentId, DateTimeOffset, string>? Reader { get; init; }

    public void Write(EnrollmentId enrollment, DateTimeOffset at, string text)
    {
        Reader?.Invoke(enrollment, at, text);
        if (log.IsEnabled(LogLevel.Debug)) Line(enrollment.ToString(), text);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Enrollment}: {Text}")]
    private partial void Line(string enrollment, string text);
}
