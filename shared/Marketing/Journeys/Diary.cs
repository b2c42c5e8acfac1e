using Automation.Marketing.Files;
using Automation.Marketing.People;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>What happened in an enrollment, in words, as it happens: the log in production, the diary of a
/// simulation.</summary>
public sealed partial class Diary(ILogger<Diary> log, TimeProvider time, Diary.Reader? reader = null)
{
    /// <summary>Reads every line as it is written; for simulations.</summary>
    public delegate void Reader(EnrollmentId enrollment, DateTimeOffset at, string text);

    public void Write(EnrollmentId enrollment, string text)
    {
        reader?.Invoke(enrollment, time.GetUtcNow(), text);
        if (log.IsEnabled(LogLevel.Debug)) Line(enrollment.ToString(), text);
    }

    /// <summary>Writes how a walk ended; the walk.</summary>
    public Enrollment Ended(Enrollment walk)
    {
        var how = walk.Outcome.ToString()!.ToLowerInvariant();
        Write(walk.Id, walk.Because is { } because ? $"{how}: {because}" : how);
        return walk;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Enrollment}: {Text}")]
    private partial void Line(string enrollment, string text);
}
