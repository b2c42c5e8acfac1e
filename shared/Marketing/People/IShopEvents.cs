namespace Automation.Marketing.People;

/// <summary>What follows from an event: journeys start, enrollments are told.</summary>
public interface IShopEvents
{
    /// <summary>Called before the row that makes the event unrepeatable is written; may be called again with the same
    /// event (same id), and must then change nothing more.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="customer">The customer as just written (facts include the event).</param>
    /// <param name="order">The order of an order event, with the event's change in it.</param>
    /// <param name="isNew">The customer was created by this very event: nobody can be listening yet.</param>
    Task Handle(ShopEvent happened, Customer customer, Order? order, bool isNew);
}

/// <summary>Nothing follows: what comes from a file of the past starts no journey and wakes nobody.</summary>
public sealed class NoEvents : IShopEvents
{
    public static readonly NoEvents Instance = new();

    public Task Handle(ShopEvent happened, Customer customer, Order? order, bool isNew) => Task.CompletedTask;
}
