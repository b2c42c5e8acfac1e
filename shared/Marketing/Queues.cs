namespace Automation.Marketing;

/// <summary>The names of the queues, as functions and tables know them.</summary>
public static class Queues
{
    /// <summary>Webhook envelopes.</summary>
    public const string Orders = "orders";

    /// <summary>CloudEvents.</summary>
    public const string Events = "events";

    /// <summary>Enrollments and issues to be woken, where the durable client could not be reached at once.</summary>
    public const string Alarms = "alarms";

    /// <summary>SendGrid's batches of events.</summary>
    public const string Engagement = "engagement";
}
