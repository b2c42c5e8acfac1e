using Automation.Marketing.Journeys;

namespace Automation.Console.Journeys;

/// <summary>What a box of the drawing stands for.</summary>
public enum BoxKind { Trigger, Send, WaitFor, Branch, Split, Effect, Leave, Holdout, End }

/// <summary>A step in the drawing.</summary>
/// <param name="Cursor">Where it is in the journey; null: it is no step (the trigger, a holdout).</param>
public sealed record Box(BoxKind Kind, string? Cursor, string Text, double X, double Y, double Height)
{
    public const double Width = 216;
    public double Middle => X + Width / 2;
}

/// <summary>A wait: a line as long as the time it takes.</summary>
/// <param name="IsMeasured">False: until a moment, whose distance differs from customer to customer.</param>
public sealed record WaitLine(string Cursor, string Text, double X, double Y, double Length, bool IsMeasured);

/// <summary>A way from one place to another: down, across, down.</summary>
/// <param name="Label">Which door it leads through; null: none.</param>
public sealed record Way(double FromX, double FromY, double ToX, double ToY, string? Label = null);

/// <summary>A journey as a drawing: where everything is, in pixels.</summary>
public sealed record Drawing(
    double Width, double Height, IReadOnlyList<Box> Boxes, IReadOnlyList<WaitLine> Waits, IReadOnlyList<Way> Ways)
{
    public static Drawing Of(Journey journey, Language say, Automation.Marketing.Shop.ShopSettings? shop = null) =>
        new DrawingPlan(say, shop).Of(journey);
}
