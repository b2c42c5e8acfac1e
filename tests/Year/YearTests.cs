using System.Globalization;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Time;
using Xunit.Abstractions;

namespace Automation.Year.Tests;

/// <summary>A year of a whole shop: what was promised held on every day, and nobody whom a journey should have written
/// to was forgotten. What should have happened is known from what people did, not from what the product says.</summary>
public sealed class YearTests(LivedYear lived, ITestOutputHelper output) : IClassFixture<LivedYear>
{
    /// <summary>Why a journey's mail may not have gone. Whoever may not be written to is not counted among those who
    /// should have been.</summary>
    private static readonly string[] MayNot = ["consent: unknown", "consent: withdrawn", "suppressed: hard bounce"];
    private static readonly string[] Expired = ["expired after 7 days: cap: 2 per 7 days",
        "expired after 7 days: newsletter day", "expired after 7 days: quiet hours", "expired after 7 days"];

    private static readonly TimeZoneInfo Japan = Zones.Find("Asia/Tokyo")!;

    private static TimeZoneInfo Zone(Person person) => person.TimeZone is { } own ? Zones.Find(own)! : Japan;

    private IEnumerable<(Person Person, List<Arrived> Letters)> Marketing() =>
        lived.Mails.Select(mails => (mails.Key, mails.Where(mail => mail.Purpose == Purpose.Marketing).ToList()));

    [Fact]
    public void No_cap_is_broken_on_any_day()
    {
        foreach (var (person, letters) in Marketing())
        {
            var days = letters.Select(letter => (letter.Letter
                ? IssueId.Parse(letter.Text)!.Value.Date
                : Zones.Day(letter.At, Japan)).DayNumber).Order().ToList();
            for (var n = 2; n < days.Count; n++) Assert.True(
                days[n] - days[n - 2] >= 7, $"{person.Email} got three in a week: {Said(letters)}");
        }
    }

    [Fact]
    public void Nobody_is_woken_at_night()
    {
        foreach (var (person, letters) in Marketing())
            foreach (var letter in letters)
            {
                var hour = TimeZoneInfo.ConvertTime(letter.At, Zone(person)).Hour;
                Assert.True(hour is >= 8 and < 21, $"{person.Email} at {hour}: {letter}");
            }
    }

    [Fact]
    public void No_journey_writes_on_the_day_of_the_newsletter()
    {
        foreach (var (person, letters) in Marketing())
        {
            var kept = letters
                .Where(letter => letter.Letter)
                .Select(letter => Zones.Day(letter.At, Zone(person)))
                .ToHashSet();
            Assert.DoesNotContain(
                letters, letter => !letter.Letter && kept.Contains(Zones.Day(letter.At, Zone(person))));
        }
    }

    [Fact]
    public void Nothing_goes_twice_and_no_text_is_read_twice_in_a_quarter()
    {
        Assert.Distinct(lived.Year.Outbox.All.Select(mail => mail.SendId));
        foreach (var mails in lived.Mails)
            foreach (var same in mails.GroupBy(Text).Where(same => same.Count() > 1))
                foreach (var (one, next) in same.OrderBy(mail => mail.At).Zip(same.OrderBy(mail => mail.At).Skip(1)))
                    Assert.True(next.At - one.At > TimeSpan.FromDays(89),
                        $"{mails.Key.Email} got {same.Key} twice: {one.At:MM-dd} and {next.At:MM-dd}");
    }

    [Fact]
    public void Only_who_agreed_gets_letters_and_nobody_after_they_stopped()
    {
        foreach (var (person, letters) in Marketing())
        {
            if (!person.AgreesToLetters) Assert.Empty(letters);
            Assert.DoesNotContain(letters, letter => letter.At > lived.Year.Stopped(person));
            if (person.Bounces)
                Assert.True(
                    lived.Mails[person].Count() <= 1, $"{person.Email} has no mailbox: {Said(lived.Mails[person])}");
        }
    }

    [Fact]
    public void Every_first_order_is_thanked_for_at_once_and_once()
    {
        foreach (var person in lived.Year.People.Where(person =>
            person.Orders.Count > 0 && person.Orders[0].Told < lived.Year.To))
        {
            var thanks = Assert.Single(lived.Mails[person], mail => mail.Text == "welcome/thank-you");
            Assert.True(thanks.At - person.Orders[0].Told < TimeSpan.FromMinutes(1),
                $"{person.Email}: {thanks.At - person.Orders[0].Told}");
        }
    }

    [Fact]
    public void Who_bought_once_and_stayed_away_is_asked_how_it_was()
    {
        var (asked, missed) = (0, new List<string>());
        foreach (var person in lived.Year.People.Where(ShouldBeAsked))
        {
            var due = person.Orders[0].Shipped!.Value.AddDays(14);
            if (lived.Mails[person].FirstOrDefault(mail =>
                mail.Text == "second-purchase/how-is-it") is { } letter && letter.At < due.AddDays(13)) asked++;
            else missed.Add(person.Email);
        }
        output.WriteLine($"{asked} were asked, {missed.Count} were not: {string.Join(", ", missed.Take(10))}");
        Assert.True(asked > 0 && asked >= 0.95 * (asked + missed.Count),
            $"{missed.Count} of {asked + missed.Count} were never asked: {string.Join(", ", missed.Take(20))}");
    }

    /// <summary>Thirteen days: five until the journey's window opens, seven that a full plan may hold it back, one for
    /// the hour.</summary>
    private bool ShouldBeAsked(Person person)
    {
        if (!person.AgreesToLetters || person.Bounces || person.Orders.Count == 0) return false;
        var first = person.Orders[0];
        if (first.Shipped is not { } shipped || first.AtTheTill || shipped.AddDays(28) > lived.Year.To) return false;
        var until = shipped.AddDays(28);
        return !(person.StopsAt < until)
            && !(first.Refunded < until)
            && !(person.Orders.Count > 1 && person.Orders[1].Placed < until);
    }

    [Fact]
    public void Regulars_who_stay_away_are_missed_by_their_own_rhythm()
    {
        var walks = lived.Ledger.Walks
            .Where(walk => walk.Id.Journey == "win-back")
            .Select(walk => walk.Id.Customer.Value)
            .ToHashSet();
        var (late, missed) = (0, new List<string>());
        foreach (var person in lived.Year.People)
        {
            if (person.Orders.Count < 3
                || person.Orders.Any(order => order.Cancelled is not null || order.Refunded is not null))
                continue;
            var between = person.Orders
                .Zip(person.Orders.Skip(1), (one, next) => (next.Placed - one.Placed).TotalDays)
                .Order()
                .ToList();
            var usual = between.Count % 2 == 1
                ? between[between.Count / 2]
                : (between[between.Count / 2 - 1] + between[between.Count / 2]) / 2;
            if (person.Orders[^1].Placed.AddDays((1.5 * usual) + 2) > lived.Year.To) continue;
            late++;
            if (!walks.Contains(CustomerOf(person))) missed.Add(person.Email);
        }
        Assert.True(late > 0 && missed.Count == 0,
            $"{missed.Count} of {late} are not missed by anybody: {string.Join(", ", missed.Take(20))}");
    }

    private string CustomerOf(Person person) => lived.Mails[person].First().SendId[..24];

    [Fact]
    public void Nineteen_of_twenty_whom_a_journey_should_have_written_to_were_written_to_and_the_others_have_a_reason()
    {
        Assert.All(lived.Ledger.Sends, send => Assert.True(
            send.State == SendState.Accepted || IsKnown(send), $"{send.Mail}: {send.State}, {send.Reason}"));
        foreach (var mail in lived.Ledger.Sends.GroupBy(send => (Journey: Ledger.Journey(send), send.Mail)))
        {
            var (written, expired) = (
                mail.Count(send => send.State == SendState.Accepted),
                mail.Count(send => Expired.Contains(send.Reason)));
            Assert.True(
                written > 0 && written >= 0.95 * (written + expired),
                string.Create(CultureInfo.InvariantCulture, $"{mail.Key}: {written} written, {expired} expired"));
        }
    }

    /// <summary>The same seed, the same year. Run with UPDATE_YEAR=1 to write the page.</summary>
    [Fact]
    public void The_table_in_the_docs_is_the_one_of_this_year()
    {
        string[] lines = [.. lived.Ledger.Table(), "", .. lived.Ledger.Endings()];
        foreach (var line in lines) output.WriteLine(line);
        if (!LivedYear.IsOfTheDocs) return;
        var page = File.ReadAllText(Page);
        var (begin, end) = (page.IndexOf(lines[0], StringComparison.Ordinal), page.IndexOf(
            "\n## How it is counted", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_YEAR") == "1")
            File.WriteAllText(Page, page = $"{page[..begin]}{string.Join('\n', lines)}\n{page[end..]}");
        Assert.Contains(string.Join('\n', lines), page, StringComparison.Ordinal);
    }

    private static string Page { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../../docs/insights.md"));

    [Fact]
    public async Task The_figures_know_what_went_out()
    {
        var book = (await lived.Year.Product.Get<Reader>().Read()).Book;
        Assert.Equal(
            lived.Ledger.Issues.Sum(issue => issue.Counts.Sent),
            lived.Mails.Sum(mails => mails.Count(mail => mail.Letter)));
        foreach (var walks in lived.Ledger.Walks.GroupBy(walk => walk.Id.Journey))
            Assert.Equal(walks.Count(), book.Figures[$"journey|{walks.Key}|entered"]);
        var thanks = book.Thanks(28, "known");
        Assert.Equal(
            lived.Ledger.Sends.Count(send =>
                send.Mail == "welcome/thank-you" && Zones.Day(send.At, Japan) > book.Today.AddDays(-28)),
            thanks.Count);
        Assert.True(thanks.P95 < 2);
    }

    private bool IsKnown(Send send) => send.State == SendState.Refused
        && (MayNot.Contains(send.Reason) || Expired.Contains(send.Reason))
        || send.State == SendState.Refused
            && send.Reason is "left: order.placed" or "left: order.refunded" or "left: consent.withdrawn"
        || send.State == SendState.Released && send.At > lived.Year.To.AddDays(-8);

    [Fact]
    public void Nobody_stands_still_and_no_shipped_order_counts_as_not_shipped()
    {
        Assert.DoesNotContain(
            lived.Ledger.Walks,
            walk => walk.Because == "not shipped within three weeks" || walk.Outcome == Outcome.Failed);
        Assert.DoesNotContain(lived.Ledger.Walks, walk => walk.IsLive && walk.Until < lived.Year.To.AddMinutes(-1));
    }

    [Fact]
    public void Every_issue_went_out_in_its_slot_and_adds_up()
    {
        Assert.True(lived.Ledger.Issues.Count > 45);
        foreach (var issue in lived.Ledger.Issues)
        {
            Assert.True(issue.State == IssueState.Sent || issue is { State: IssueState.Cancelled, StartedAt: null },
                $"{issue.Id} is {issue.State}: {issue.Because}");
            Assert.True(issue.Counts.Complete, $"{issue.Id} does not add up");
        }
        Assert.True(lived.Ledger.Issues.Count(issue => issue.State == IssueState.Sent) >= 38);
    }

    /// <summary>An issue's text is its file's: a fallback has its own.</summary>
    private string Text(Arrived mail) => mail.Letter
        && lived.Ledger.Issues.FirstOrDefault(issue =>
            issue.Id.ToString() == mail.Text) is { File: { } file } ? $"weekly/{file}" : mail.Text;

    private static string Said(IEnumerable<Arrived> letters) =>
        string.Join(", ", letters.Select(letter => string.Create(
            CultureInfo.InvariantCulture, $"{letter.At.ToOffset(TimeSpan.FromHours(9)):MM-dd HH:mm} {letter.Text}")));
}
