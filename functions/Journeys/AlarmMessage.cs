using System.Globalization;
using System.Text;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;

namespace Automation.Functions.Journeys;

/// <summary>An alarm on its way through queue <c>alarms</c>: <c>start 3 {enrollment}</c>, <c>wake {enrollment}</c>,
/// <c>resume {journey}</c>, <c>held</c>, <c>move {journey} {key}</c>, <c>issue {newsletter}/{date}</c> or
/// <c>pulse</c>.</summary>
public abstract record AlarmMessage
{
    /// <summary>Let an orchestration walk it from this turn on.</summary>
    public sealed record Start(EnrollmentId Enrollment, int Turn) : AlarmMessage;

    /// <summary>Wake the orchestration there is.</summary>
    public sealed record Wake(EnrollmentId Enrollment) : AlarmMessage;

    /// <summary>A held journey goes on: wake everybody in it.</summary>
    public sealed record Resume(string Journey) : AlarmMessage;

    /// <summary>Let somebody look at an issue, asleep or not begun.</summary>
    public sealed record Issue(IssueId Id) : AlarmMessage;

    /// <summary>Whoever is held back looks again, from there on (null: from the beginning).</summary>
    public sealed record Held(string? From) : AlarmMessage;

    /// <summary>Move the next page of people into another version.</summary>
    public sealed record Move(string Journey, string Key) : AlarmMessage;

    /// <summary>Note that what is sent arrives.</summary>
    public sealed record Pulse : AlarmMessage;

    private AlarmMessage() { }

    public byte[] Write() => this is Held(var from) ? HeldWalks.Alarm(from) : Encoding.UTF8.GetBytes(this switch
    {
        Start(var enrollment, var turn) => string.Create(CultureInfo.InvariantCulture, $"start {turn} {enrollment}"),
        Wake(var enrollment) => $"wake {enrollment}",
        Resume(var journey) => $"resume {journey}",
        Issue(var id) => $"issue {id}",
        Move(var journey, var key) => $"move {journey} {key}",
        Pulse => "pulse",
        _ => throw new InvalidOperationException($"No words for {GetType().Name}."),
    });

    /// <summary>InvalidDataException where it is none.</summary>
    public static AlarmMessage Read(ReadOnlyMemory<byte> message) =>
        Encoding.UTF8.GetString(message.Span).Split(' ', 3) switch
        {
            ["start", var turn, var id] when int.TryParse(turn, NumberStyles.None, CultureInfo.InvariantCulture,
                out var n) && EnrollmentId.Parse(id) is { } enrollment => new Start(enrollment, n),
            ["wake", .. var rest] when EnrollmentId.Parse(string.Join(' ', rest)) is { } enrollment =>
                new Wake(enrollment),
            ["resume", var journey] when JourneyReader.IsWellFormedId(journey) => new Resume(journey),
            ["issue", var text] when IssueId.Parse(text) is { } id => new Issue(id),
            ["move", var journey, var key] when JourneyReader.IsWellFormedId(journey) => new Move(journey, key),
            ["held"] => new Held(null),
            ["pulse"] => new Pulse(),
            ["held", .. var rest] => new Held(string.Join(' ', rest)),
            _ => throw new InvalidDataException("This is not an alarm."),
        };
}
