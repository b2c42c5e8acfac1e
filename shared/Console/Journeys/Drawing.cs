using Automation.Marketing.Journeys;

namespace Automation.Console.Journeys;

/// <summary>What a box of the drawing stands for.</summary>
public enum BoxKind { Trigger, Send, WaitFor, Branch, Split, Effect, Leave, Holdout, End }

/// <summary>A step in the drawing.</summary>
public sealed record Box
{
    public required BoxKind Kind { get; init; }

    /// <summary>Where it is in the journey; null: it is no step (the trigger, a holdout).</summary>
    public required string? Cursor { get; init; }
    public required string Text { get; init; }
    public required double X { get; init; }
    public required double Y { get; init; }
    public required double Height { get; init; }

    public const double Width = 216;
    public double Middle => X + Width / 2;
}

/// <summary>A wait: a line as long as the time it takes.</summary>
public sealed record WaitLine
{
    public required string Cursor { get; init; }
    public required string Text { get; init; }
    public required double X { get; init; }
    public required double Y { get; init; }
    public required double Length { get; init; }

    /// <summary>False: until a moment, whose distance differs from customer to customer.</summary>
    public required bool IsMeasured { get; init; }
}

/// <summary>A way from one place to another: down, across, down.</summary>
public sealed record Way
{
    public required double FromX { get; init; }
    public required double FromY { get; init; }
    public required double ToX { get; init; }
    public required double ToY { get; init; }

    /// <summary>Which door it leads through; null: none.</summary>
    public string? Label { get; init; }
}

/// <summary>A journey as a drawing: where everything is, in pixels.</summary>
public sealed record Drawing
{
    public required double Width { get; init; }
    public required double Height { get; init; }
    public required IReadOnlyList<Box> Boxes { get; init; }
    public required IReadOnlyList<WaitLine> Waits { get; init; }
    public required IReadOnlyList<Way> Ways { get; init; }

    public static Drawing Of(Journey journey, Language say, Automation.Marketing.Shop.ShopSettings? shop = null) =>
        new DrawingPlan(say, shop).Of(journey);
}
