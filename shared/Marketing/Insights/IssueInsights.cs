using System.Text.Json.Serialization;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Marketing.Insights;

/// <summary>What an issue did: its audience as its ledger says, what became of the mails, orders within a week, and
/// what it cost in opt-outs.</summary>
public sealed record IssueInsights(
    [property: JsonIgnore] Issue Issue, [property: JsonIgnore] Book Book, [property: JsonIgnore] DateTimeOffset? At)
{
    private FiguresOf Figures => new(Book.Figures, $"issue|{Newsletter}|{Date}|");

    public string Newsletter => Issue.Id.Newsletter;
    public string Date => Issue.Id.RowKey;
    public DateTimeOffset? CountedAt => At;
    public int Audience => Issue.Counts.Audience;
    public int Sent => Issue.Counts.Sent;
    public int Uncertain => Issue.Counts.Uncertain;
    public int Skipped => Issue.Counts.Skipped.Values.Sum();
    public int Failed => Issue.Counts.Failed.Values.Sum();

    /// <summary>Within which orders are counted.</summary>
    public string Window { get; } = Counting.IssueWindow.ToString();
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
    public ShareReport OptOuts => ShareReport.From(Book.OptOuts(Figures.Prefix));
}
