using System.Globalization;
using System.Text;
using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Engagement;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Year.Tests;

/// <summary>How large a year is played.</summary>
public sealed record YearSize(int Customers, int Seed = 1, int Days = 365);

/// <summary>A whole shop on virtual time: the product as it runs on one machine, its own functions, queue, timers and
/// orchestrations, with the shipped shop folder. Webhooks come in as people really act; the clock jumps from one due
/// moment to the next.</summary>
public sealed class ShopYear : IAsyncDisposable
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private readonly string folder;
    private readonly VirtualTime time;
    private readonly IReadOnlyDictionary<string, FunctionCall> functions;
    private readonly Dictionary<string, Person> byAddress;
    private readonly Dictionary<Person, DateTimeOffset> stopped = [];

    private ShopYear(
        YearSize size, string folder, VirtualTime time, OneMachine product,
        IReadOnlyDictionary<string, FunctionCall> functions,
        Outbox outbox)
    {
        (this.folder, this.time, this.functions, Product, Outbox) = (folder, time, functions, product, outbox);
        (From, To) = (Begin, Begin.AddDays(size.Days));
        People = Tests.People.Of(size.Customers, size.Seed, From, To);
        byAddress = People.ToDictionary(person => person.Email);
    }

    /// <summary>The first of April: the year's beginning for shops here.</summary>
    public static DateTimeOffset Begin { get; } = new(2026, 4, 1, 0, 0, 0, Japan);

    public DateTimeOffset From { get; }
    public DateTimeOffset To { get; }
    public IReadOnlyList<Person> People { get; }
    public OneMachine Product { get; }
    public Outbox Outbox { get; }

    /// <summary>When somebody stopped the letters; null: they did not.</summary>
    public DateTimeOffset? Stopped(Person person) => stopped.TryGetValue(person, out var at) ? at : null;

    /// <summary>Webhooks that came in.</summary>
    public int Webhooks { get; private set; }

    /// <summary>Opens the shop and lives the year.</summary>
    public static async Task<ShopYear> Live(YearSize size)
    {
        var folder = Directory.CreateTempSubdirectory("year-").FullName;
        CopyShop(Path.Combine(folder, "shop"), size.Days);
        var time = new VirtualTime(Begin.ToUniversalTime());
        var settings = SettingsReader.Read(SettingsReader.Gather(
        [
            $"--Data:Folder={folder}/data", $"--Shop:Folder={folder}/shop",
            "--Sources:shopify:Platform=shopify", "--Sources:shopify:Secret=a-secret-of-the-year-1",
            "--Sources:woo:Platform=woocommerce", "--Sources:woo:Secret=a-secret-of-the-year-2",
            "--Sources:woo:ConsentMetaKey=newsletter",
            "--Sources:generic:Platform=generic", "--Sources:generic:Secret=a-secret-of-the-year-3",
        ]));
        var outbox = new Outbox(time);
        Directory.CreateDirectory(settings.DataFolder);
        var product = await OneMachine.Open(settings, time, services => services
            .AddSingleton(new SqliteOptions { Durable = false })
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new EmbeddedTaskHubOptions { LongestSleep = TimeSpan.FromDays(30) })
            .AddSingleton<IMailTransport>(outbox));
        var functions = await FunctionCall.All(product.Services);
        var year = new ShopYear(size, folder, time, product, functions, outbox);
        product.Get<EmbeddedTaskHub>().Start();
        await year.Play();
        return year;
    }

    /// <summary>Everything anybody does, in the order in which it happens.</summary>
    private IEnumerable<(DateTimeOffset At, Func<Task> Do)> Story()
    {
        foreach (var person in People)
        {
            foreach (var order in person.Orders)
                foreach (var webhook in Tests.Webhooks.Of(person, order))
                    if (webhook.At < To) yield return (webhook.At, () => Post(webhook));
            if (person.StopsAt is { } stops && stops < To) yield return (stops, () => Stop(person));
            if (person.TimeZone is { } zone && person.Orders.Count > 0)
                yield return (person.Orders[0].Told.AddMinutes(1), () => Move(person, zone));
        }
    }

    private async Task Play()
    {
        var passing = new PassingTime(time, Product.Get<EmbeddedTaskHub>(), [.. Timers()]);
        var happens = Story().OrderBy(one => one.At).ToList();
        foreach (var (at, act) in happens)
        {
            await passing.RunUntil(at);
            await act();
            await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
            await Feedback();
        }
        await passing.RunUntil(To);
        await functions["TallyInsights"].Run(default);
    }

    /// <summary>The product's own timers. Slots are acted on at their moment and looked at once a day; what only
    /// counts, clears away or looks for lost work is done once a week: here nothing gets lost.</summary>
    private IEnumerable<Recurring> Timers()
    {
        yield return new(Product.Get<SlotScheduler>().NextDue, functions["NewsletterTick"].Run);
        yield return new(after => Every(1, after, 15), functions["NewsletterTick"].Run);
        yield return new(after => Every(1, after, 17), functions["SenseCustomers"].Run);
        foreach (var seldom in (string[])["TallyInsights", "KeepRetention", "SweepEnrollments", "SettleSends"])
            yield return new(after => Every(7, after, 18), functions[seldom].Run);
        yield return new(after => after.AddHours(1), _ => Feedback());
        yield return new(after => after.AddHours(1), Confirm);
    }

    private DateTimeOffset Every(int days, DateTimeOffset after, int hour)
    {
        var first = new DateTimeOffset(From.UtcDateTime.Date, TimeSpan.Zero).AddHours(hour);
        return first > after ? first : first.AddDays(days * (Math.Floor((after - first).TotalDays / days) + 1));
    }

    /// <summary>A webhook: accepted into the queue, then worked off.</summary>
    private async Task Post(Webhook webhook)
    {
        Webhooks++;
        await Product.Services.GetRequiredKeyedService<Envelopes>(Queues.Orders).Put(new Envelope
        {
            Source = webhook.Source,
            Topic = webhook.Topic,
            ReceivedAt = webhook.At,
            TriggeredAt = webhook.At,
            Body = webhook.Body
        });
        foreach (var message in await Product.Get<Tables>().OrderQueue.Receive(32, TimeSpan.FromHours(1)))
        {
            await functions["OrderIntake"].Run(new BinaryData(message.Body), default);
            await Product.Get<Tables>().OrderQueue.Delete(message.Id, message.Receipt);
        }
    }

    private async Task Stop(Person person)
    {
        // Who has no letter yet has no link to stop them with.
        if (Outbox.Stop(person.Email) is not { } link) return;
        stopped[person] = time.GetUtcNow();
        await Product.Get<PreferenceService>().Choose(
            link[(link.LastIndexOf('/') + 1)..], new Choice.Stop("one-click"), null);
    }

    private async Task Move(Person person, string zone)
    {
        if (await Product.Get<CustomerStore>().FindByIdentity(new Identity(Identity.Email, person.Email)) is { } known)
            await Product.Get<CustomerStore>().Change(known.Value.Id, customer => customer with { TimeZone = zone });
    }

    /// <summary>The shop looks at what waits for its word: a young list that grew a lot may go.</summary>
    private async Task Confirm(CancellationToken cancellation)
    {
        if (time.GetUtcNow().ToOffset(Japan).Hour is not (> 9 and < 18)) return;
        await foreach (var issue in Product.Get<IssueStore>().Of(
            "weekly", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-7)))
            if (issue is { State: IssueState.Paused, StartedAt: null, Because: { } why }
                && why.Contains("more than twice", StringComparison.Ordinal))
                await Product.Get<IssueStart>().Confirm(issue.Id, cancellation);
    }

    /// <summary>What the provider tells of mails: mailboxes that are gone, and clicks.</summary>
    private async Task Feedback()
    {
        var news = new List<string>();
        foreach (var mail in Outbox.News())
        {
            if (!byAddress.TryGetValue(mail.To, out var person)) continue;
            if (person.Bounces) news.Add(Event(
                mail, "bounce", ",\"type\":\"bounce\",\"status\":\"5.1.1\",\"reason\":\"550 no such mailbox\""));
            else if (person.Clicks && !mail.Letter) news.Add(Event(
                mail,
                "click",
                ",\"url\":\"https://tsukinagi.example.jp/guide\",\"useragent\":\"Mozilla/5.0 (iPhone)\""));
        }
        if (news.Count == 0) return;
        await Product.Get<EngagementService>().Take(
            SendGridEventReader.Read(Encoding.UTF8.GetBytes($"[{string.Join(',', news)}]")));
        await Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
    }

    private string Event(Arrived mail, string kind, string rest) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"event":"{{kind}}","email":"{{mail.To}}","timestamp":{{time.GetUtcNow().ToUnixTimeSeconds()}}"""
        + $$""","sg_event_id":"{{mail.SendId}}-{{kind}}","send_id":"{{mail.SendId}}"{{rest}}}""");

    /// <summary>The shop as it is shipped, with an issue for three weeks of four.</summary>
    private static void CopyShop(string to, int days)
    {
        var from = Path.Combine(AppContext.BaseDirectory, "shop");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
        foreach (var issue in Directory.EnumerateFiles(Path.Combine(to, "newsletters/weekly"), "20*.md"))
            File.Delete(issue);
        for (var (day, n) = (DateOnly.FromDateTime(Begin.Date), 0); n < days; n++, day = day.AddDays(1))
            if (day.DayOfWeek == DayOfWeek.Wednesday && n / 7 % 4 != 3)
                File.WriteAllText(Path.Combine(to, $"newsletters/weekly/{day:yyyy-MM-dd}.md"),
                    $"---\nsubject: {day:M月d日}のお便り\n---\n{{{{customer.salutation}}}}\n\n今週のお茶のお話です。第{n / 7 + 1}号。\n");
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
