using System.Text.Json.Serialization;

namespace Automation.Marketing.Insights;

/// <summary>What became of a mail wherever it was sent from, as last counted.</summary>
public sealed record MailFigures(string Mail, [property: JsonIgnore] Book Book)
{
    private FiguresOf Figures => new(Book.Figures, $"mail|{Mail}|");

    public decimal Sent => Figures["sent"];
    public decimal Delivered => Figures["delivered"];
    public decimal Opened => Figures["opened"];
    public decimal Clicked => Figures["clicked"];
    public decimal OptedOut => Figures["optedOut"];

    /// <summary>Of those that arrived; null: none has, as far as a provider told.</summary>
    public double? OpenRate => Share(Opened);

    /// <inheritdoc cref="OpenRate"/>
    public double? ClickRate => Share(Clicked);

    /// <inheritdoc cref="OpenRate"/>
    public double? OptOutRate => Share(OptedOut);

    private double? Share(decimal count) => Delivered > 0 ? (double)(Math.Min(count, Delivered) / Delivered) : null;
}
