namespace Automation.Marketing.People;

/// <summary>What follows for each customer from a day having passed. Once a day all customers are read; whoever is read
/// is looked at here.</summary>
public interface INightWatch
{
    /// <summary>Begins a night; killed anywhere in it, another is begun that finds what was done.</summary>
    INight Begin();
}

/// <summary>One night: everybody is looked at, then it ends.</summary>
public interface INight
{
    /// <param name="customer">As read; not merged into another, not erased.</param>
    Task Look(Customer customer);

    /// <summary>Everybody was looked at.</summary>
    Task End(CancellationToken cancellation);
}
