using System.Text.Json;
using Automation.Functions.Journeys;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Orders;
using Automation.Marketing.Plan;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Automation.Functions.Hosting;

/// <summary>
/// Everything the product can do, wired once from the four seams: tables and queues, clock, durable client, transport.
/// The running product and a simulation are made of the same parts.
/// </summary>
public sealed class Capabilities : IDisposable
{
    /// <param name="time">The shop's time.</param>
    /// <param name="wall">The time outside: how old a webhook is.</param>
    /// <param name="alone">No other process works on these tables.</param>
    /// <param name="chunkSize">Customers an issue goes to in one call (<c>SendGrid:ChunkSize</c>).</param>
    public Capabilities(Tables tables, TimeProvider time, TimeProvider wall, IAlarmClock alarms, IIssueClock issueClock, IMailTransport transport, Writers writers, ILoggerFactory logs, bool alone, int chunkSize = 500, Action<EnrollmentId, DateTimeOffset, string>? reader = null)
    {
        var diary = new Diary(logs.CreateLogger<Diary>()) { Reader = reader };
        Tables = tables;
        Journeys = new PublishedJourneys(tables, time, alone ? default : OtherMachines);
        HeldWalks = new HeldWalks(tables, Journeys);
        Mails = new MailShelf(tables, time);
        Issues = new IssueStore(tables, time);
        Newsletters = new PublishedNewsletters(tables, time);
        Sends = new ChunkLedger(tables);
        Appointments = new AppointmentBook(Issues, Newsletters.All, () => Journeys.Shop, time);
        Publishing = new Publishing(Journeys, Mails, Newsletters, time);
        Customers = new CustomerStore(tables, time);
        Consents = new ConsentDesk(tables, time);
        Erasure = new Erasure(tables, time);
        Disclosure = new Disclosure(tables, Customers);
        Requests = new Requests(tables, time);
        Keeping = new Keeping(tables, time, wall, Erasure, new ShopErasure(tables, time), () => Journeys.Shop);
        Tally = new Tally(tables, Customers, Journeys, time, wall, logs.CreateLogger<Tally>());
        Insights = new Reader(tables, Tally, Journeys, time);
        Orders = new OrderDesk(tables, time, () => Journeys.Shop);
        Events = new EventDesk(tables, time, () => Journeys.Shop);
        Sensing = new Sensing(tables, time, () => Journeys.Shop);
        Suggestions = new Suggestions(tables);
        Enrollments = new EnrollmentStore(tables);
        Alarms = alarms;
        Precedence = new Precedence(Enrollments, Customers, Journeys, Alarms);
        var merged = new MergedWalks(tables, Enrollments, Alarms, time);
        Triggers = new JourneyTriggers(Journeys, Enrollments, merged, Precedence, Alarms, time, wall, diary, alone);
        Situations = new Situations(
            Customers, new OrderStore(tables), new Products(tables), Suggestions, Mails, Journeys, time);
        Standings = new Standings(Enrollments, Journeys, Situations, Precedence, time);
        Appointments appointments = async (situation, exactly) => exactly
            ? await ReaderAppointments.Exactly(await Appointments.Read(), situation, Sends)
            : ReaderAppointments.Roughly(await Appointments.Read(), situation);
        Sending = new Marketing.Sending.Sending(tables, Mails, transport, writers, time, alone, appointments);
        SendForecast = new SendForecast(new PlanDesk(Customers, appointments));
        ComingIssues = new ComingIssues(Appointments, Sends, async id => (await Newsletters.Pinned(id) ?? Newsletters.Issue(id))?.Test ?? SubjectTest.None, () => Journeys.Shop, time);
        Walker = new Walker(
            tables, Enrollments, Journeys, Situations, Sending, Customers, Triggers, merged, Precedence, calls, time,
            diary);
        var editions = new Editions(tables, Appointments, Text, () => Journeys.Shop, writers);
        var handing = new Handing(transport, time);
        var pace = new Pace(tables, () => Journeys.Shop, time, wall);
        var claims = new ChunkClaims(alone, handing.Longest);
        var chunks = new ChunkSending(Sends, claims, handing, pace, Appointments, time);
        var attention = new IssueAttention(tables, time);
        ShardSending = new ShardSending(tables, Issues, Sends, editions, claims, chunks, pace, time, chunkSize);
        var bursts = new Bursts(tables, Issues, Appointments, Insights, () => Journeys.Shop, time);
        var fillings = new Fillings(Newsletters, Issues, () => Journeys.Shop, time);
        IssueDesk = new IssueDesk(
            Issues, Sends, claims, editions, bursts, new SubjectResults(tables, Sends), fillings, attention,
            issueClock, time);
        IssueProgress = new IssueProgress(logs.CreateLogger<IssueProgress>());
        IssueStart = new IssueStart(Newsletters, fillings, Issues, bursts, attention, issueClock, time);
        StuckWalks = new StuckWalks(tables);
        Sweep = new Sweep(Enrollments, Journeys, StuckWalks, Alarms, time, logs.CreateLogger<Sweep>(), alone);
    }

    /// <summary>Other machines look for what was published every half minute.</summary>
    private static readonly TimeSpan OtherMachines = TimeSpan.FromSeconds(45);

    private readonly Calls calls = new();

    public Tables Tables { get; }
    public PublishedJourneys Journeys { get; }
    public MailShelf Mails { get; }
    public PublishedNewsletters Newsletters { get; }
    public IssueStore Issues { get; }
    public AppointmentBook Appointments { get; }
    public Publishing Publishing { get; }
    public CustomerStore Customers { get; }
    public ConsentDesk Consents { get; }
    public Erasure Erasure { get; }
    public Disclosure Disclosure { get; }
    public Requests Requests { get; }
    public Keeping Keeping { get; }
    public Tally Tally { get; }
    public Reader Insights { get; }
    public OrderDesk Orders { get; }
    public EventDesk Events { get; }
    public Sensing Sensing { get; }
    public Suggestions Suggestions { get; }
    public EnrollmentStore Enrollments { get; }
    public IAlarmClock Alarms { get; }
    public Precedence Precedence { get; }
    public JourneyTriggers Triggers { get; }
    public Situations Situations { get; }
    public Standings Standings { get; }
    public Marketing.Sending.Sending Sending { get; }
    public SendForecast SendForecast { get; }
    public Walker Walker { get; }
    public StuckWalks StuckWalks { get; }
    public HeldWalks HeldWalks { get; }
    public Sweep Sweep { get; }
    public ChunkLedger Sends { get; }
    public ComingIssues ComingIssues { get; }
    public ShardSending ShardSending { get; }
    public IssueDesk IssueDesk { get; }
    public IssueStart IssueStart { get; }
    public IssueProgress IssueProgress { get; }

    /// <summary>What an issue goes out with.</summary>
    private async ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation) =>
        await Newsletters.SeriesOf(id, cancellation) is { } newsletter
            && await Newsletters.Pinned(id, cancellation) is { } pinned
            ? new IssueText(newsletter, pinned.Variants, pinned.Test)
            : null;

    /// <summary>What follows from an event.</summary>
    public EventHandling Handling => Triggers.Handle;

    /// <summary>How orchestrations and activities speak to each other.</summary>
    public static DataConverter Converter { get; } =
        new JsonDataConverter(new JsonSerializerOptions { TypeInfoResolver = DurableJson.Default });

    public void Dispose() => calls.Dispose();
}
