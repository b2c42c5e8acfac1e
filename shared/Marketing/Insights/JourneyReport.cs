using System.Globalization;
using System.Text.Json.Serialization;
using Automation.Marketing.Journeys;

namespace Automation.Marketing.Insights;

/// <summary>What a journey does: who entered, where they wait, what became of each mail, and whether it makes a
/// difference.</summary>
/// <param name="Window">Within which orders are counted, e.g. <c>30 days</c>.</param>
public sealed record JourneyReport(
    string Journey, DateTimeOffset? CountedAt, string Window, [property: JsonIgnore] FiguresOf Figures)
{
    public decimal Entered => Figures["entered"];
    public decimal Live => Figures["live"];
    public decimal Completed => Figures["completed"];
    public decimal Left => Figures["left"];
    public decimal Holdout => Figures["holdout"];
    public decimal Failed => Figures["failed"];
    public decimal Goals => Figures["goals"];
    public decimal Buyers => Figures["buyers"];
    public decimal Orders => Figures["orders"];
    public decimal Revenue => Figures["revenue"];

    /// <summary>Where customers are now.</summary>
    public IReadOnlyList<WaitingFigures> Waiting =>
    [
        .. from at in Figures.All.Under($"{Figures.Prefix}at|")
           let parts = at.Name.Split('|')
           where parts.Length == 2
           select new WaitingFigures(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], at.Value),
    ];

    /// <summary>Its mails.</summary>
    public IReadOnlyList<StepFigures> Steps =>
    [
        .. from step in Figures.All.Parts($"{Figures.Prefix}step|")
           from mail in Figures.All.Parts($"{Figures.Prefix}step|{step}|")
           select new StepFigures(step, mail, Figures with { Prefix = $"{Figures.Prefix}step|{step}|{mail}|" }),
    ];
    public required LiftReport Lift { get; init; }

    /// <param name="inForce">As it is written now; null: it is not in force any more.</param>
    public static JourneyReport Of(Book book, string id, Journey? inForce, DateTimeOffset? countedAt) => new(
        id, countedAt, (inForce?.Goal?.Within ?? Counting.UsualWindow).ToString(), new(book.Figures, $"journey|{id}|"))
    {
        Lift = LiftReport.Of(book, id),
    };
}

/// <summary>How many wait at a step of a version.</summary>
public sealed record WaitingFigures(int Version, string Step, decimal Customers);

/// <summary>What became of a journey's mail, in the order of a mail's life.</summary>
public sealed record StepFigures(string Step, string Mail, [property: JsonIgnore] FiguresOf Figures)
{
    public decimal Sent => Figures["sent"];
    public decimal Refused => Figures["refused"];
    public decimal Uncertain => Figures["uncertain"];
    public decimal Delivered => Figures["delivered"];
    public decimal Opened => Figures["opened"];
    public decimal Clicked => Figures["clicked"];
    public decimal Bounced => Figures["bounced"];
    public decimal Unsubscribed => Figures["unsubscribed"];
    public decimal Complained => Figures["complained"];
    public decimal OptedOut => Figures["optedOut"];
    public decimal Buyers => Figures["buyers"];
    public decimal Orders => Figures["orders"];
    public decimal Revenue => Figures["revenue"];
}
