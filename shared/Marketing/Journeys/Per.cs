using System.Globalization;
using Automation.Marketing.People;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Journeys;

/// <summary>What a customer walks a journey for: reentry counts for each of these on its own, and walks of several go
/// on side by side.</summary>
public abstract record Per
{
    public static readonly Per Customer = new EachCustomer();
    public static readonly Per Order = new EachOrder();

    /// <summary>Once at a time, whatever started it.</summary>
    public sealed record EachCustomer : Per;

    /// <summary>Once for each order.</summary>
    public sealed record EachOrder : Per;

    /// <summary>For each value of something the event carries, e.g. <c>event.subscription</c>.</summary>
    public sealed record EachValue(string Field) : Per;

    private Per() { }

    /// <summary>Is the other walk one of the same customer, order or value? Pure, by their keys.</summary>
    public bool IsSame(string key, string other) => this switch
    {
        EachOrder => key == other,
        EachValue => Stem(key) == Stem(other),
        _ => true,
    };

    /// <summary>What the keys of all walks for the event begin with; null: nothing is known of what it is walked for.
    /// A value may be anything, also an address: only what cannot be read from stands in a key.</summary>
    public string? StemOf(Situation situation) => this switch
    {
        EachValue(var field) => Text(field, situation) is { } value ? $"by~{Keys.Hash(value, 12)}~" : null,
        _ => "",
    };

    /// <summary>Is the event about something else of the kind, another subscription say? What does not say is about
    /// all of them.</summary>
    /// <param name="situation">With the event that happened.</param>
    public bool IsOfAnother(ShopEvent trigger, Situation situation) =>
        this is EachValue(var field) && Text(field, situation) is { } value
        && Text(field, situation with { Event = trigger }) != value;

    private static string? Text(string field, Situation situation) =>
        Fields.Value(field, situation) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static string Stem(string key) => key[..(key.LastIndexOf('~') + 1)];
}
