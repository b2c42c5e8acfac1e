using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Newsletters.Issues;

/// <summary>A machine with a newsletter every Wednesday at 10:00, first seen on Tuesday 1 December 2026.</summary>
internal sealed class SlotMachine(House house) : IMailTransport, IIssueOrchestrations
{
    public PublishedNewsletters Newsletters { get; } = new(house.Tables, house.Clock);
    public IssueStore Issues { get; } = new(house.Tables);
    public List<IssueId> Started { get; } = [];
    public List<Message> Mails { get; } = [];
    public DeliveryResult Answer { get; set; } = new DeliveryResult.Accepted(null);
    public string Name => "test";
    public bool Idempotent => true;

    /// <summary>Each made anew over the same tables: nothing but what is written is remembered.</summary>
    public SlotScheduler Desk => Made().GetRequiredService<SlotScheduler>();
    public SlotSteering Steering => Made().GetRequiredService<SlotSteering>();
    public SlotWarnings Warnings => Made().GetRequiredService<SlotWarnings>();
    public NewsletterCalendar Calendar => Made().GetRequiredService<NewsletterCalendar>();

    private ServiceProvider Made() => house.Container(services => services
        .AddSingleton(Newsletters)
        .AddSingleton(Issues)
        .AddSingleton(new CurrentShop(SlotTests.Shop))
        .AddSingleton<IIssueOrchestrations>(this)
        .AddSingleton<IMailTransport>(this));

    Task IIssueOrchestrations.Wake(IssueId issue) => Task.CompletedTask;

    Task IIssueOrchestrations.Ensure(IssueId issue)
    {
        Started.Add(issue);
        return Task.CompletedTask;
    }

    public Task<DeliveryResult> Send(Message message, CancellationToken cancellation)
    {
        Mails.Add(message);
        return Task.FromResult(Answer);
    }

    public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
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
