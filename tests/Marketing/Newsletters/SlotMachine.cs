using Automation.Marketing.Newsletters;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.Logging.Abstractions;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters;

/// <summary>A machine with a newsletter every Wednesday at 10:00, first seen on Tuesday 1 December 2026.</summary>
internal sealed class SlotMachine(House house) : IMailTransport
{
    public PublishedNewsletters Newsletters { get; } = new(house.Tables, house.Clock);
    public IssueStore Issues { get; } = new(house.Tables);
    public List<IssueId> Started { get; } = [];
    public List<Message> Mails { get; } = [];
    public Handover Answer { get; set; } = new Handover.Accepted(null);
    public string Name => "test";
    public bool Idempotent => true;

    public SlotDesk Desk => new(
        house.Tables, Newsletters, Issues, () => SlotTests.Shop, id => { Started.Add(id); return Task.CompletedTask; },
        house.Clock, NullLogger<SlotDesk>.Instance);
    public SlotWarnings Warnings => new(
        house.Tables, Newsletters, Desk, () => SlotTests.Shop, this, Writers.Nobody, house.Clock,
        NullLogger<SlotWarnings>.Instance);
    public NewsletterCalendar Calendar => new(Newsletters, Desk, () => SlotTests.Shop, house.Clock);

    public Task<Handover> Send(Message message, CancellationToken cancellation)
    {
        Mails.Add(message);
        return Task.FromResult(Answer);
    }

    public Task<Handover> SendMany(MessageBatch batch, CancellationToken cancellation) =>
        throw new NotSupportedException("A slot sends nothing to many.");

    public Task Write(Newsletter newsletter, params (string File, string Text)[] issues) => Newsletters.Publish(
        [new("weekly", "weekly.json", "{}", newsletter)],
        [.. issues.Select(issue => IssueSource.Parse(
            "weekly", issue.File, $"---\nsubject: {issue.Text}\n---\n本文\n").Source!)],
        new HashSet<string> { "weekly" }, SlotTests.Shop);

    public Task RunAt(string time)
    {
        house.Clock.Now = At(time);
        return Desk.Run(default);
    }

    public async Task<string> Row(string date)
    {
        var issue = (await Issues.Find(IssueId.Parse($"weekly/{date}")!.Value))?.Value;
        return issue is null
            ? "none"
            : $"{issue.State} {issue.File}{(issue.Because is null ? "" : $": {issue.Because}")}";
    }
}
