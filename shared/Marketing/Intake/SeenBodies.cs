namespace Automation.Marketing.Intake;

/// <summary>The latest bodies, by their signatures, and what they were about: platforms sign the body and not its
/// topic, so a body that comes again as something else was captured. Kept by this process alone; what holds always is
/// that each topic's body must look like its own.</summary>
public sealed class SeenBodies
{
    private const int Kept = 20_000;
    private readonly Dictionary<UInt128, string> subjects = [];
    private readonly Queue<UInt128> order = new();
    private readonly Lock gate = new();

    /// <summary>Was this body about something else when it came before? Remembers it where not.</summary>
    public bool IsForeign(Verification.Accepted accepted)
    {
        var (envelope, signature) = (accepted.Envelope, accepted.Signature);
        if (envelope.Topic == GenericDialect.Topic) return false;
        var subject = $"{envelope.Source} {Subject(envelope.Topic)}";
        lock (gate)
        {
            if (subjects.TryGetValue(signature, out var known))
                return known != subject && known.StartsWith($"{envelope.Source} ", StringComparison.Ordinal);
            if (order.Count == Kept) subjects.Remove(order.Dequeue());
            subjects.Add(signature, subject);
            order.Enqueue(signature);
        }
        return false;
    }

    /// <summary>Topics that may carry the same body: an order that is created and paid at once is told twice.</summary>
    private static string Subject(string topic) => topic switch
    {
        "orders/create" or "orders/paid" or "orders/updated" or "orders/cancelled" or "orders/fulfilled"
            or "orders/partially_fulfilled" => "orders",
        "fulfillments/create" or "fulfillments/update" => "fulfillments",
        "checkouts/create" or "checkouts/update" => "checkouts",
        "customers/create" or "customers/update" or "customers/enable" or "customers/disable" or "customers/delete" =>
            "customers",
        "order.created" or "order.updated" or "order.restored" => "order",
        "customer.created" or "customer.updated" => "customer",
        _ => topic,
    };
}
