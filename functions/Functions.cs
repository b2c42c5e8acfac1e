using Automation.Functions.Attention;
using Automation.Functions.Customers;
using Automation.Functions.Events;
using Automation.Functions.Health;
using Automation.Functions.Hosting;
using Automation.Functions.Insights;
using Automation.Functions.Journeys;
using Automation.Functions.Mails;
using Automation.Functions.Newsletters;
using Automation.Functions.Orders;
using Automation.Functions.Pushing;
using Automation.Functions.Sending;
using Automation.Storage;
using Microsoft.DurableTask;

namespace Automation.Functions;

/// <summary>Works off one message of a queue; a throw means: again later.</summary>
public delegate Task QueueFunction(QueuedMessage message, CancellationToken cancellation);

/// <summary>Runs when its time has come; a throw is logged, the next tick tries again.</summary>
public delegate Task TimerFunction(CancellationToken cancellation);

/// <summary>The table of functions: the name of a manifest, and the code that answers it.</summary>
public sealed class Functions
{
    public Dictionary<string, RequestDelegate> Http { get; private init; } = [];
    public Dictionary<string, QueueFunction> Queues { get; private init; } = [];
    public Dictionary<string, TimerFunction> Timers { get; private init; } = [];
    public Dictionary<string, Func<ITaskOrchestrator>> Orchestrators { get; private init; } = [];
    public Dictionary<string, Func<ITaskActivity>> Activities { get; private init; } = [];

    public static Functions Of(Parts parts) => Of(parts, parts.Capabilities, Durable(parts.Capabilities, parts.Backend.Stopping));

    /// <summary>The orchestrators and activities alone.</summary>
    public static Functions Durable(Capabilities can, CancellationToken stopping = default) => new()
    {
        Orchestrators = { [nameof(RunJourney)] = () => new RunJourney(), [nameof(RunIssue)] = () => new RunIssue() },
        Activities =
        {
            [nameof(AdvanceJourney)] = () => new AdvanceJourney(can.Walker),
            [nameof(OpenIssue)] = () => new OpenIssue(can.IssueDesk),
            [nameof(SendShard)] = () => new SendShard(can.ShardSending, can.IssueProgress, stopping),
            [nameof(CloseIssue)] = () => new CloseIssue(can.IssueDesk),
        },
    };

    private static Functions Of(Parts parts, Capabilities can, Functions durable) => new()
    {
        Http =
        {
            [nameof(OrderWebhook)] = new OrderWebhook(
                parts.Sources, parts.Envelopes, parts.Refusals, parts.Rush, parts.Time).Run,
            [nameof(SendGridWebhook)] = new SendGridWebhook(parts.SendGridDoor, parts.EngagementEnvelopes, parts.Rush, parts.Time).Run,
            [nameof(PostEvents)] = new PostEvents(parts.Tables.EventQueue, () => can.Journeys.Shop, parts.Time).Run,
            [nameof(FindCustomers)] = new FindCustomers(can.Customers, parts.Time).Run,
            [nameof(GetCustomer)] = new GetCustomer(can.Customers, parts.Time).Run,
            [nameof(EraseCustomer)] = new EraseCustomer(can.Erasure, can.Handling).Run,
            [nameof(PutConsent)] = new PutConsent(can.Consents, can.Handling, parts.Time).Run,
            [nameof(GetTimeline)] = new GetTimeline(can.Customers, parts.Tables).Run,
            [nameof(ExportCustomer)] = new ExportCustomer(can.Disclosure, parts.Tables).Run,
            [nameof(ListRequests)] = new ListRequests(can.Requests).Run,
            [nameof(AnswerRequest)] = new AnswerRequest(can.Requests, can.Disclosure, parts.Tables).Run,
            [nameof(ConfirmRequest)] = new ConfirmRequest(can.Requests).Run,
            [nameof(ExplainCustomer)] = new ExplainCustomer(can.Customers, new(can.Enrollments, can.Journeys, can.Precedence, can.SendForecast, parts.Time), new(can.Newsletters, can.ComingIssues, parts.SlotDesk)).Run,
            [nameof(ListJourneys)] = new ListJourneys(can.Journeys, parts.ShopWatch).Run,
            [nameof(GetJourney)] = new GetJourney(can.Journeys, parts.ShopDraft).Run,
            [nameof(PutJourney)] = new PutJourney(can.Journeys, can.Enrollments, parts.ShopDraft, parts.ShopWatch).Run,
            [nameof(PauseJourney)] = new PauseJourney(can.Journeys, can.StuckWalks, parts.Tables.AlarmQueue).Pause,
            ["ResumeJourney"] = new PauseJourney(can.Journeys, can.StuckWalks, parts.Tables.AlarmQueue).Resume,
            [nameof(ListEnrollments)] = new ListEnrollments(parts.Tables).Run,
            [nameof(SimulateJourney)] = new SimulateJourney(parts.ShopDraft).Run,
            [nameof(ValidateJourney)] = new ValidateJourney(parts.ShopDraft).Run,
            [nameof(PreviewMail)] = new PreviewMail(
                can.Mails, can.Customers, can.Journeys, can.Situations, new(parts.Tables), parts.Settings,
                parts.Time).Run,
            [nameof(GetCalendar)] = new GetCalendar(parts.Calendar).Run,
            [nameof(GetNewsletter)] = new GetNewsletter(can.Newsletters, parts.ShopDraft, parts.Calendar).Run,
            [nameof(PutNewsletter)] = new PutNewsletter(parts.ShopDraft, parts.ShopWatch).Run,
            [nameof(PutIssue)] = new PutIssue(can.Newsletters, can.Issues, parts.ShopDraft, parts.ShopWatch).Run,
            [nameof(GetShop)] = new GetShop(parts.ShopFiles).Run,
            [nameof(PutShop)] = new PutShop(parts.ShopFiles, can.Journeys, can.Enrollments, parts.ShopWatch).Run,
            [nameof(ListSends)] = new ListSends(parts.Tables).Run,
            [nameof(GetIssue)] = new GetIssue(can.Issues, parts.Calendar, can.Sends).Run,
            [nameof(SendIssue)] = new SendIssue(can.IssueStart).Run,
            [nameof(ConfirmIssue)] = new ConfirmIssue(can.IssueStart, can.Sends).Run,
            ["PauseIssue"] = new SteerIssue(can.IssueDesk, parts.SlotDesk, parts.Calendar, can.Sends).Pause,
            ["ResumeIssue"] = new SteerIssue(can.IssueDesk, parts.SlotDesk, parts.Calendar, can.Sends).Resume,
            ["CancelIssue"] = new SteerIssue(can.IssueDesk, parts.SlotDesk, parts.Calendar, can.Sends).Cancel,
            ["RetryIssue"] = new SteerIssue(can.IssueDesk, parts.SlotDesk, parts.Calendar, can.Sends).Retry,
            [nameof(ConfirmLink)] = new ConfirmLink(parts.Confirmations, can.Journeys, can.Handling).Run,
            [nameof(UnsubscribeLink)] = new UnsubscribeLink(parts.Preferences, can.Journeys, can.Handling).Run,
            [nameof(GetInsights)] = new GetInsights(can.Insights, can.Newsletters, can.Issues).Run,
            [nameof(GetJourneyInsights)] = new GetJourneyInsights(can.Insights, can.Journeys).Run,
            [nameof(GetIssueInsights)] = new GetIssueInsights(can.Insights, new(parts.Tables)).Run,
            [nameof(GetCohorts)] = new GetCohorts(can.Insights).Run,
            [nameof(ListAttention)] = new ListAttention(parts.Tables).Run,
            [nameof(ListParked)] = new ListParked(parts.Parking).Run,
            [nameof(Live)] = Live.Run,
            [nameof(Ready)] = new Ready(
                parts.Tables,
                parts.Backend.Room,
                parts.Backend.CanWrite,
                () => parts.Refusals.Lately,
                () => parts.ShopWatch.Missing).Run,
        },
        Queues =
        {
            [nameof(OrderIntake)] = new OrderIntake(parts.Sources, parts.Envelopes, can.Orders, can.Handling).Run,
            [nameof(EventIntake)] = new EventIntake(can.Events, can.Handling).Run,
            [nameof(EngagementIntake)] = new EngagementIntake(parts.EngagementEnvelopes, parts.Engagement, parts.Parking, can.Handling).Run,
            [nameof(SetAlarms)] = new SetAlarms(new DurableAlarmClock(parts.Backend.Durable), new DurableIssueClock(
                parts.Backend.Durable),
                can.Enrollments, can.Journeys, can.HeldWalks, parts.Tables.AlarmQueue).Run,
        },
        Timers =
        {
            [nameof(SenseCustomers)] = new SenseCustomers(can.Sensing, can.Handling).Run,
            [nameof(TallyInsights)] = new TallyInsights(can.Tally).Run,
            [nameof(KeepRetention)] = new KeepRetention(can.Keeping, can.Handling, parts.Backend.ForgetDeleted).Run,
            [nameof(SweepEnrollments)] = new SweepEnrollments(can.Sweep).Run,
            [nameof(NewsletterTick)] = new NewsletterTick(parts.SlotDesk, can.IssueDesk, can.Newsletters, parts.SlotWarnings).Run,
            [nameof(SettleSends)] = new SettleSends(parts.Settling).Run,
        },
        Orchestrators = durable.Orchestrators,
        Activities = durable.Activities,
    };

    /// <summary>Makes the orchestrators and activities known to what runs them.</summary>
    public void Register(DurableTaskRegistry registry)
    {
        foreach (var (name, create) in Orchestrators) registry.AddOrchestrator(name, create);
        foreach (var (name, create) in Activities) registry.AddActivity(name, _ => create());
    }

    /// <summary>What keeps a manifest and its handler apart: one line for each function that has only one of the two, or another kind.</summary>
    public IReadOnlyList<string> Mismatches(IReadOnlyList<Manifest> manifests)
    {
        var handlers = ((IEnumerable<(string, string)>)[.. Http.Keys.Select(f => (f, "Http")), .. Queues.Keys.Select(f => (f, "Queue")), .. Timers.Keys.Select(f => (f, "Timer")),
            .. Orchestrators.Keys.Select(f => (f, "Orchestration")), .. Activities.Keys.Select(f => (f, "Activity"))]).ToHashSet();
        var declared = manifests.Select(manifest => (manifest.Function, manifest.Trigger.GetType().Name)).ToHashSet();
        return [.. declared.Except(handlers).Select(m => $"{m.Item1}: its manifest says {m.Item2}, but there is no such handler."),
            .. handlers.Except(declared).Select(h => $"{h.Item1}: a {h.Item2} handler without a manifest.")];
    }
}
