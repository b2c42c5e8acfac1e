using Automation.Marketing.People;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Journeys;

/// <summary>What happened in an enrollment, in words, as it happens: the log in production, the diary of a
/// simulation.</summary>
public sealed partial class Diary(
    ILogger<Diary> log, TimeProvider time, Diary.Reader? reader = null, Diary.Holder? holder = null)
{
    /// <summary>Reads every line as it is written; for simulations.</summary>
    public delegate void Reader(EnrollmentId enrollment, DateTimeOffset at, string text);

    /// <summary>Is told of every mail that is held back for a while; for simulations.</summary>
    public delegate void Holder(EnrollmentId enrollment, DateTimeOffset at, string reason);

    /// <summary>Writes that a mail is held back.</summary>
    /// <param name="until">In words.</param>
    public void HeldBack(EnrollmentId enrollment, string mail, string until, string reason)
    {
        holder?.Invoke(enrollment, time.GetUtcNow(), reason);
        Write(enrollment, $"holding {mail} back until {until}: {reason}");
    }

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
