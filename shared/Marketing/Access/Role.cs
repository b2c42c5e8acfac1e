namespace Automation.Marketing.Access;

/// <summary>What somebody who holds a key may do; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Looks, and changes nothing.</summary>
    Viewer,

    /// <summary>Writes mails, journeys and newsletters, and acts for customers.</summary>
    Marketer,

    /// <summary>Also discloses and erases, imports, publishes whole folders and settles what failed.</summary>
    Operator,
}

/// <summary>Who asks: the name of their key and what it allows.</summary>
public sealed record Caller(string Name, Role Role)
{
    public bool May(Role needed) => Role >= needed;
}
