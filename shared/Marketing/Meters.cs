using System.Diagnostics.Metrics;

namespace Automation.Marketing;

/// <summary>What is counted and measured, as instruments of the meter <c>Automation</c>. Tags are the shop's own names
/// and closed classes, never a person's. Costs nothing while nobody listens.</summary>
public static class Meters
{
    private static readonly Meter Meter = new(Tracing.Name);
    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] };

    private static readonly Counter<long> Webhooks = Meter.CreateCounter<long>(
        "automation.webhooks", "{webhook}", "Webhooks by what they were answered");
    private static readonly Counter<long> Orders = Meter.CreateCounter<long>(
        "automation.orders", "{order}", "Orders placed, as they were understood for the first time");
    private static readonly Counter<long> Accepted = Meter.CreateCounter<long>(
        "automation.sends.accepted", "{send}", "Mails the provider has");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "automation.sends.refused", "{send}", "Mails that will not go, by class of reason");
    private static readonly Counter<long> Uncertain = Meter.CreateCounter<long>(
        "automation.sends.uncertain", "{send}", "Mails nobody knows of whether they went");
    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram(
        "automation.queue.age", "s", "How long a message had waited when it was taken", advice: Seconds);
    private static readonly Histogram<double> ThankYou = Meter.CreateHistogram("automation.thankyou.latency", "s",
        "From the order's time to the provider's word on its first mail", advice: Seconds);
    private static readonly Counter<long> ParkedMessages = Meter.CreateCounter<long>(
        "automation.attention.parked", "{message}", "Messages set aside to be looked at");
    private static readonly Counter<long> LateSlots = Meter.CreateCounter<long>(
        "automation.newsletters.late", "{slot}", "Newsletter slots that passed without the issue leaving");
    private static readonly Counter<long> Stops = Meter.CreateCounter<long>(
        "automation.sender.stopped", "{handover}", "Handovers refused until somebody does something");
    private static readonly Gauge<long> Stuck = Meter.CreateGauge<long>(
        "automation.enrollments.stuck", "{enrollment}", "Enrollments an hour overdue at the last sweep");

    /// <summary>Above zero, a person must hear of it.</summary>
    public static IReadOnlyList<Instrument> Alerting { get; } = [ParkedMessages, LateSlots, Stops, Stuck];

    /// <summary>Reasons as they begin in the ledger; whatever else is the provider's own words, and those may name an
    /// address.</summary>
    private static readonly string[] Reasons = ["consent", "suppressed", "test customer", "customer erased",
        "no email address", "there is no mail", "not rendered", "expired", "holdout"];

    /// <param name="source">The source's name; not one that a stranger made up.</param>
    public static void Webhook(string source, string answer) =>
        Webhooks.Add(1, new("automation.source", source), new("automation.answer", answer));

    /// <summary>An order that was not known is placed; one of a process that was killed may be counted
    /// twice.</summary>
    public static void Order(string source)
    {
        if (!Quiet.IsOn) Orders.Add(1, new KeyValuePair<string, object?>("automation.source", source));
    }

    /// <param name="since">When the message was put there; the clock is read only where somebody listens.</param>
    public static void Waited(string queue, DateTimeOffset since, TimeProvider wall)
    {
        if (QueueAge.Enabled && since != default) QueueAge.Record(Math.Max(0, (wall.GetUtcNow() - since).TotalSeconds),
            new KeyValuePair<string, object?>("automation.queue", queue));
    }

    /// <summary>A send that the provider took.</summary>
    public static void SendAccepted(CountedSend sent)
    {
        if (!Quiet.IsOn) Accepted.Add(1, Mail(sent.Mail), Of(sent.Purpose), By(sent.Channel));
    }

    /// <summary>A send that will not go, and why.</summary>
    public static void SendRefused(CountedSend sent, string? reason)
    {
        if (Refused.Enabled && !Quiet.IsOn) Refused.Add(
            1, [Mail(sent.Mail), Of(sent.Purpose), By(sent.Channel), new("automation.reason", Class(reason))]);
    }

    /// <summary>A send of unknown outcome.</summary>
    public static void SendUncertain(CountedSend sent)
    {
        if (!Quiet.IsOn) Uncertain.Add(1, Mail(sent.Mail), Of(sent.Purpose), By(sent.Channel));
    }

    private static KeyValuePair<string, object?> Mail(string mail) => new("automation.mail", mail);

    private static KeyValuePair<string, object?> Of(Purpose purpose) => new("automation.purpose", Word(purpose));

    private static KeyValuePair<string, object?> By(string channel) => new("automation.channel", channel);

    public static void Thanked(string journey, TimeSpan after)
    {
        if (!Quiet.IsOn) ThankYou.Record(
            Math.Max(0, after.TotalSeconds), new KeyValuePair<string, object?>("automation.journey", journey));
    }

    public static void Parked(string queue) =>
        ParkedMessages.Add(1, new KeyValuePair<string, object?>("automation.queue", queue));

    /// <summary>A slot has passed without its issue leaving.</summary>
    public static void Late(string newsletter)
    {
        if (!Quiet.IsOn) LateSlots.Add(1, new KeyValuePair<string, object?>("automation.newsletter", newsletter));
    }

    public static void Stopped(string transport) =>
        Stops.Add(1, new KeyValuePair<string, object?>("automation.transport", transport));

    public static void Overdue(long enrollments) => Stuck.Record(enrollments);

    /// <summary>A reason's class, one of a few.</summary>
    public static string Class(string? reason)
    {
        foreach (var known in Reasons)
            if (reason?.StartsWith(known, StringComparison.Ordinal) == true) return known;
        return "provider";
    }

    private static string Word(Purpose purpose) => purpose == Purpose.Marketing ? "marketing" : "transactional";
}

/// <summary>What is counted of a send: the shop's own names.</summary>
public readonly record struct CountedSend(string Mail, Purpose Purpose, string Channel);
