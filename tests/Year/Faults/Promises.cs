using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Year.Tests.Faults;

/// <summary>What was promised, looked for in a shop after all that happened to it: a sentence for each promise that was
/// not kept.</summary>
public sealed class Promises(FaultyShop shop)
{
    /// <summary>The longest wait of a journey, a window's pause behind it, and what the plan may hold back.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(15);

    private readonly List<string> broken = [];
    private readonly DateTimeOffset now = shop.Clock.GetUtcNow();
    private OneMachine Product => shop.Life.Product;

    public async Task<IReadOnlyList<string>> Broken()
    {
        var attention = await Product.Get<Tables>().Attention.Query(new TableQuery()).ToListAsync();
        var (walks, sends) = (new List<Enrollment>(), new List<Send>());
        await foreach (var row in Product.Get<Tables>().Timeline.Query(new TableQuery()))
        {
            if (row.RowKey.StartsWith("e|", StringComparison.Ordinal)) walks.Add(Enrollment.Read(row).Value);
            if (row.RowKey.StartsWith("s|", StringComparison.Ordinal))
                sends.Add(Marketing.Sending.Ledger.Read(row).Send);
        }
        await NothingIsLost(walks, sends, attention);
        NobodyTwice();
        await NobodyAgainstTheirWord();
        foreach (var walk in walks.Where(walk => walk.IsLive)) NobodyWaitsInSilence(walk, attention);
        foreach (var send in sends) NoSendIsOpen(send, walks, attention);
        await foreach (var issue in Product.Get<IssueStore>().Of("weekly")) await NoIssueIsStuck(issue, attention);
        foreach (var queue in Product.Get<Tables>().Queues)
            if (await queue.ApproximateCount() is > 0 and var left)
                broken.Add($"{left} messages wait in queue {queue.Name}");
        return broken;
    }

    private async Task NothingIsLost(List<Enrollment> walks, List<Send> sends, List<Row> attention)
    {
        foreach (var parked in attention.Where(row => row.PartitionKey == "parked"))
            broken.Add($"parked: {parked.GetString("Reason")}");
        foreach (var order in shop.Orders.Values)
        {
            if (await new OrderStore(Product.Get<Tables>()).Find("till", $"{order.N}") is null)
            {
                broken.Add($"order {order.N} is lost");
                continue;
            }
            var placed = order.Words.FirstOrDefault(word => word.Word == "placed");
            if (placed.Word is null || order.Words.Any(word => word.Word is "cancelled") || order.IsPausedFor
                || placed.Ahead > TimeSpan.FromDays(2)) continue;
            if (walks.FirstOrDefault(walk => walk.Id.Journey == "thanks"
                && walk.Id.Key == $"order~{Keys.Safe($"till:{order.N}")}") is not { } walk)
                broken.Add($"order {order.N} was never thanked for: nobody is enrolled");
            else if (!sends.Any(send => send.Mail == "thanks"
                && send.For.StartsWith($"{walk.Id}@", StringComparison.Ordinal)))
                broken.Add($"order {order.N} was never thanked for: {walk.Outcome} {walk.Because}, until {walk.Until}");
        }
    }

    /// <summary>An order mail whose first outcome nobody knows may go twice.</summary>
    private void NobodyTwice()
    {
        foreach (var same in shop.Provider.All.GroupBy(mail => mail.IsLetter ? $"{mail.To} {mail.Mail}" : mail.SendId)
            .Where(same => same.Count() > 1))
        {
            var copies = same.OrderBy(mail => mail.Nth).ToList();
            if (copies.Any(mail => mail.Purpose == Purpose.Marketing) || copies.SkipLast(1).Any(mail => mail.IsKnown))
                broken.Add($"twice: {string.Join("; ", copies)}");
        }
    }

    /// <summary>What somebody said under an address counts for those of theirs that turned out to be the same
    /// person's.</summary>
    private async Task NobodyAgainstTheirWord()
    {
        var people = new Dictionary<string, string>();
        foreach (var email in shop.Consents.Select(said => said.Email).Concat(shop.Provider.All.Select(mail => mail.To))
            .Distinct())
            people[email] = await Product.Get<CustomerStore>()
                .FindByIdentity(new(Identity.Email, email)) is { Value.Id.Value: var id } ? id : email;
        foreach (var mail in shop.Provider.All.Where(mail => mail.Purpose == Purpose.Marketing))
        {
            var before = shop.Consents.Where(said => said.Nth < mail.Nth).ToList();
            var person = people[mail.To];
            if (before.LastOrDefault(said => said.Email == mail.To).IsYes
                || before.LastOrDefault(said => people[said.Email] == person).IsYes) continue;
            broken.Add(
                $"against their word: {mail}; "
                + $"{string.Join(", ", shop.Consents.Where(said => people[said.Email] == person))}");
        }
    }

    private void NobodyWaitsInSilence(Enrollment walk, List<Row> attention)
    {
        if (Product.Get<PublishedJourneys>().IsPaused(walk.Id.Journey)
            || attention.Any(row => row.RowKey.EndsWith(walk.Id.ToString(), StringComparison.Ordinal))) return;
        if (walk.Until is not { } until || until < now.AddHours(-1) || until > now + Longest)
            broken.Add(
                $"{walk.Id} waits in silence at {walk.Walk.Cursor} until {walk.Until:yyyy-MM-dd HH:mm} (turn "
                + $"{walk.Turn}, since {walk.StartedAt:yyyy-MM-dd HH:mm})");
    }

    private void NoSendIsOpen(Send send, List<Enrollment> walks, List<Row> attention)
    {
        var said = send.State switch
        {
            SendState.Claimed => "is claimed for ever",
            SendState.Uncertain when !attention.Any(row => row.PartitionKey == "uncertain"
                && row.RowKey.EndsWith(send.Id, StringComparison.Ordinal)) => "is uncertain, and nobody is told",
            SendState.Released when !walks.Any(walk => walk.IsLive
                && send.For.StartsWith($"{walk.Id}@", StringComparison.Ordinal)) => "is held back for nobody",
            _ => null,
        };
        if (said is not null)
            broken.Add($"{send.Mail} to {send.Customer} {said}: {send.Reason} ({send.At:yyyy-MM-dd HH:mm})");
    }

    private async Task NoIssueIsStuck(Issue issue, List<Row> attention)
    {
        var tally = await Product.Get<ChunkLedger>().Tally(issue.Id);
        var isSaid = attention.Any(
            row => row.GetString("Reason")?.StartsWith($"{issue.Id} is paused", StringComparison.Ordinal) == true);
        var said = issue.State switch
        {
            IssueState.Sending =>
                $"is still being sent: {issue.Counts}, {tally.Open} open, waiting {string.Join(", ", tally.Waiting)}",
            IssueState.Paused when issue.Because != Issue.ByHand
                && !isSaid => $"is paused, and nobody is told: {issue.Because}",
            IssueState.Sent when !issue.Counts.Complete
                || tally.Open > 0 => $"does not add up: {issue.Counts}, {tally.Open} open",
            IssueState.Cancelled when tally.Open > 0 => $"is cancelled and {tally.Open} are open",
            _ => null,
        };
        if (said is not null) broken.Add($"{issue.Id} {said}");
    }
}
