namespace Automation.Marketing.Segments;

/// <summary>What a field holds.</summary>
public enum FieldType
{
    /// <summary>Reads as <see cref="string"/>.</summary>
    Text,

    /// <summary>Reads as <see cref="decimal"/>.</summary>
    Number,

    /// <summary>Reads as <see cref="bool"/>.</summary>
    Flag,

    /// <summary>Reads as <see cref="DateTimeOffset"/>.</summary>
    Time,

    /// <summary>Reads as <see cref="IReadOnlyList{T}"/> of <see cref="string"/>; never missing, at most
    /// empty.</summary>
    Texts,
}

/// <summary>One thing a condition, a mail's blank or a wait may look at.</summary>
/// <param name="Name">As it is written: <c>customer.orders.total</c>.</param>
/// <param name="Japanese">What it is, for the marketer.</param>
/// <param name="Read">Null: nothing known.</param>
public sealed record Field(string Name, FieldType Type, string Japanese, string English, Func<Situation, object?> Read)
{
    /// <summary>Is the number one of days that pass until something usually happens? Then a wait may go by
    /// it.</summary>
    public bool IsPeriod { get; init; }

    /// <summary>All values there are, where they are few.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
