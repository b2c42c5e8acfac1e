using System.Globalization;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Newsletters.Issues;
using Automation.Marketing.Tests.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Newsletters.Chunks;

/// <summary>An issue of a weekly newsletter to the customers of one shard; <see cref="Restart"/> is what a kill leaves
/// behind: the tables.</summary>
internal sealed class Mailing : IAsyncDisposable
{
    public const string Shard = "a0";
    public static readonly IssueId Id = new("weekly", new(2026, 11, 25));
    private readonly House house;
    private readonly IMailTransport transport;
    private readonly int size;

    private Mailing(
        House house, IMailTransport transport, int size, string body, Func<StandingClock, ILineTransport>? line)
    {
        (this.house, this.transport, this.size) = (house, transport, size);
        Line = line?.Invoke(house.Clock);
        Issues = new IssueStore(house.Tables);
        Ledger = new ChunkLedger(house.Tables);
        Text = body;
        Restart();
    }

    public static async Task<Mailing> Open(IMailTransport transport, int customers = 10, int size = 4,
        string body = "{{customer.salutation}}", Func<int, Customer, Customer>? but = null,
        Func<StandingClock, ILineTransport>? line = null, string lineText = "お茶の季節です。",
        SendBy by = SendBy.Preferred)
    {
        var mailing = new Mailing(await House.Open(), transport, size, body, line) { By = by };
        if (line is not null)
        {
            mailing.LineText = lineText;
            mailing.Restart();
        }
        for (var n = 0; n < customers; n++)
        {
            var customer = Customer(n);
            await mailing.Put(but is null ? customer : but(n, customer));
        }
        await mailing.Issues.Add(new Issue
        {
            Id = Id,
            State = IssueState.Sending,
            Slot = mailing.Clock.Now,
            IsBothWays = by == SendBy.Both,
        });
        mailing.Storage.Reset();
        return mailing;
    }

    public StandingClock Clock => house.Clock;
    public WatchedTables Storage => house.Storage;
    public IssueStore Issues { get; }
    public ChunkLedger Ledger { get; }
    public string Text { get; set; }

    /// <summary>LINE; null: the shop is not there.</summary>
    public ILineTransport? Line { get; }

    /// <summary>What goes by LINE to who follows the shop there; null: it is a mail for all.</summary>
    public string? LineText { get; private set; }

    /// <summary>Does that go instead of the mail, or beside it?</summary>
    public SendBy By { get; init; }
    public ShardSending Sending { get; private set; } = null!;
    public CompiledIssues CompiledIssues { get; private set; } = null!;

    /// <summary>Steers and closes.</summary>
    public IssueControl Desk { get; private set; } = null!;
    public IssueOpening Opening { get; private set; } = null!;

    public void Restart(bool alone = true)
    {
        var newsletter = new Newsletter { Id = "weekly", Name = "週刊", On = [DayOfWeek.Wednesday], At = new(10, 0) };
        var made = house.Container(services => (Line is null ? services : services.AddSingleton(Line))
            .AddSingleton<INewsletters>(
                new FixedNewsletters(newsletter)
                {
                    Pinned = _ => new(newsletter, Subjects, Test) { Line = LineText is null ? null : "news", By = By },
                })
            .AddSingleton(Issues)
            .AddSingleton(new ChunkClaims(alone, TimeSpan.FromMinutes(5)))
            .AddSingleton<IMailTransport>(transport)
            .AddSingleton(new MarketingOptions { IsSingleProcess = alone, ChunkSize = size }));
        if (LineText is not null)
            made.GetRequiredService<PublishedLines>().Publish([LineTemplate.Compile(
                LineSource.Parse("news", $"---\nalt: 今週のお知らせ\n---\n{LineText}").Source!).Template!]).Wait();
        CompiledIssues = made.GetRequiredService<CompiledIssues>();
        Desk = made.GetRequiredService<IssueControl>();
        Opening = made.GetRequiredService<IssueOpening>();
        Sending = made.GetRequiredService<ShardSending>();
    }

    public static Customer Customer(int n) => new()
    {
        Id = Of(n),
        CreatedAt = Fixtures.Now,
        FamilyName = $"佐藤{n}",
        Email = $"c{n}@example.jp",
        Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, Fixtures.Now, "test") },
    };

    public static CustomerId Of(int n) => new(Shard + n.ToString("x22", CultureInfo.InvariantCulture));
    public static string SendId(int n) => $"{Of(n)}-{Id.Hash}";

    public Task Put(Customer customer) =>
        house.Tables.Customers.Upsert(CustomerJson.Row(customer), Automation.Storage.UpdateMode.Replace);

    /// <summary>Until everybody was met, or the issue is held; the times waited for pass.</summary>
    public async Task<ShardOutcome> Run()
    {
        while (true)
        {
            var outcome = await Sending.Send(Id, Shard, default);
            if (outcome.Until is { } until && until > Clock.Now) Clock.Now = until;
            else if (outcome.End != ShardEnd.More) return outcome;
        }
    }

    public async Task<IssueTally> Tally() => await Ledger.Tally(Id);

    public SubjectTest Test { get; set; } = SubjectTest.None;

    public House House => house;

    private IReadOnlyList<MailSource> Subjects => [.. Enumerable.Range(0, Test.Subjects).Select(n =>
        MailSource.Parse("weekly/2026-11-25", $"---\nsubject: 今週 {(char)('A' + n)}\n---\n{Text}").Source
        ?? throw new InvalidOperationException("The text of this test is wrong."))];

    public ValueTask DisposeAsync() => house.DisposeAsync();

}
