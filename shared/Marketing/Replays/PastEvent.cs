using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Replays;

/// <summary>Something that happened in the shop, as it is told again.</summary>
public abstract record PastEvent(DateTimeOffset At, CustomerId Customer)
{
    /// <summary>Somebody agreed to letters, or withdrew.</summary>
    public sealed record Said(CustomerId Customer, string Channel, ConsentRecord Consent)
        : PastEvent(Consent.At, Customer);

    /// <summary>An order was placed, or something happened to it.</summary>
    /// <param name="Order">As last seen; it is told as it was (<see cref="OrderThen"/>).</param>
    public sealed record Ordered(DateTimeOffset At, CustomerId Customer, Order Order) : PastEvent(At, Customer);

    /// <summary>What began a walk and is none of these: an abandoned checkout, an event of the shop's own. Of others of
    /// their kind nothing is kept.</summary>
    public sealed record Happened(ShopEvent Event) : PastEvent(Event.At, Event.Customer);

    /// <summary>How many events of the shop it is: an order that is placed and paid at once is two.</summary>
    public int Events => this is Ordered told
        ? OrderChanges.Between(
            OrderThen.Of(told.Order, told.At.AddTicks(-1)), OrderThen.Of(told.Order, told.At)!).Count
        : 1;

    /// <summary>What comes first of what happened at the same moment: whoever agrees at the checkout has agreed when
    /// the order is placed.</summary>
    public int Rank => this is Said ? 0 : 1;
}

/// <summary>A customer's answer to a mail: after how long they opened it, and clicked.</summary>
public sealed record Reaction(TimeSpan? Opened, TimeSpan? Clicked);
