namespace Automation.Functions.Imports;

/// <summary>What an order's status in a file says of it.</summary>
public enum OrderState
{
    Placed,
    Cancelled,

    /// <summary>All of the money went back.</summary>
    Refunded,

    /// <summary>Some of it; the file says how much.</summary>
    PartlyRefunded,

    /// <summary>Never placed: a draft, not paid.</summary>
    NotPlaced,
}

/// <summary>An export of a platform, recognised by its headers.</summary>
/// <param name="Name">As a person calls it.</param>
/// <param name="Signature">Headers that are all there in it, and together in no other file.</param>
/// <param name="Columns">Its headers in our own words; whatever else is in it is left out.</param>
/// <param name="Telling">Headers that only this platform writes: a file with two of them and without the signature is
/// not guessed at.</param>
public sealed record Format(
    string Name, string[] Signature, IReadOnlyDictionary<string, string> Columns, string[] Telling)
{
    /// <summary>What the words of its status column mean.</summary>
    public IReadOnlyDictionary<string, OrderState> Statuses { get; init; } = new Dictionary<string, OrderState>();
}
