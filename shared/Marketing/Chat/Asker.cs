using Automation.Marketing.People;

namespace Automation.Marketing.Chat;

/// <summary>Who asks, by what they have proved. What is said of orders is said of those that are in here, and of no
/// others.</summary>
public abstract record Asker
{
    /// <summary>Nobody we know: no word about any order.</summary>
    public sealed record Stranger : Asker;

    /// <summary>Their LINE account is linked, or they have proved orders.</summary>
    /// <param name="Orders">Theirs and proven, latest first.</param>
    public sealed record Proven(IReadOnlyList<Order> Orders) : Asker;

    private Asker() { }
}
