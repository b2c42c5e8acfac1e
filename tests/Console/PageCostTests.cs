using System.Globalization;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Storage;
using Xunit.Abstractions;

namespace Automation.Console.Tests;

/// <summary>What opening each page asks of the storage, held against the table in docs/console.md.</summary>
[Collection(DemoShop.Name)]
public sealed class PageCostTests(DemoShop demo, ITestOutputHelper output)
{
    /// <summary>The session's row; the number beside Attention is kept for a while.</summary>
    private const int OfEveryPage = 1;

    [Fact]
    public async Task A_page_asks_for_no_more_than_its_line_says()
    {
        var rows = Table();
        Assert.Equal(await Doors(), rows.Select(row => row.Address).Order(StringComparer.Ordinal));
        using var visitor = await demo.Shop.SignedIn();
        List<string> over = [];
        foreach (var (address, most) in rows)
        {
            var counted = await Cost(visitor, await Filled(address), most);
            output.WriteLine($"{address}: {counted}");
            if (counted > most) over.Add($"{address}: {counted} requests, {most} are said");
        }
        Assert.True(over.Count == 0, string.Join('\n', over));
    }

    /// <summary>The least of some: figures are kept once they were read, and timers may be at work beside it, after a
    /// start for a second or two.</summary>
    private async Task<int> Cost(Visitor visitor, string path, int most)
    {
        var least = int.MaxValue;
        for (var n = 0; n < 3 || (n < 50 && least > most); n++)
        {
            if (n >= 3) await Task.Delay(100);
            demo.Shop.Counted!.Operations = 0;
            await visitor.Open(path);
            least = Math.Min(least, Math.Max(0, demo.Shop.Counted.Operations - OfEveryPage));
        }
        return least;
    }

    private static IReadOnlyList<(string Address, int Most)> Table() =>
    [
        .. from line in File.ReadLines(Path.Combine(Repository(), "docs/console.md"))
           let cells = line.Split('|', StringSplitOptions.TrimEntries)
           where cells.Length == 6 && cells[2].StartsWith("`/console", StringComparison.Ordinal)
           select (cells[2].Trim('`'), int.Parse(cells[4], CultureInfo.InvariantCulture)),
    ];

    /// <summary>The pages there are, as their functions are routed; without what only parts of pages ask for.</summary>
    private static async Task<IEnumerable<string>> Doors() =>
        from function in await FunctionCatalog.Read()
        let http = function.Trigger as Trigger.Http
        where http is not null && HttpRoutes.IsConsole(http.Route) && http.Methods.Contains("GET")
            && !http.Route.Contains("preview", StringComparison.Ordinal)
            && !Apart.Contains(http.Route)
        let address = $"/{http.Route.Replace("{*", "{", StringComparison.Ordinal)}"
        orderby address
        select address;

    private static readonly string[] Apart =
        ["console/assets/{name}", "console/language", "console/login", "console/customers/{id}/export"];

    /// <summary>The address with something in its places that has as much to show as any.</summary>
    private async Task<string> Filled(string address)
    {
        var shop = demo.Shop.Product;
        if (address.StartsWith("/console/customers/{", StringComparison.Ordinal))
        {
            var busy = (await shop.Get<Tables>().Customers.Query(new TableQuery()).ToListAsync())
                .Select(row => Documents.Read(row, CustomerJson.Customer).Value)
                .MaxBy(customer => Facts.Count(customer.Orders))!;
            return address.Replace("{id}", busy.Id.Value, StringComparison.Ordinal);
        }
        var sent = await shop.Get<IssueStore>().Of("weekly").Where(one => one.State == IssueState.Sent)
            .Select(one => one.Id.Date).MaxAsync();
        return address switch
        {
            "/console/customers" => "/console/customers?q=佐藤",
            "/console/attention/parked" => $"{address}?name={Uri.EscapeDataString(await Parked())}",
            "/console/chats/{id}" => $"/console/chats/{await Talk()}",
            "/console/newsletters/{id}/{date}/edit" => string.Create(
                CultureInfo.InvariantCulture, $"/console/newsletters/weekly/{sent.AddDays(7):yyyy-MM-dd}/edit"),
            _ => address
                .Replace("{date}", sent.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("newsletters/{id}", "newsletters/weekly", StringComparison.Ordinal)
                .Replace("segments/{id}", "segments/weekly", StringComparison.Ordinal)
                .Replace("journeys/{id}", "journeys/second-purchase", StringComparison.Ordinal)
                .Replace("answers/{name}", "answers/receipt", StringComparison.Ordinal)
                .Replace("lines/{name}", "lines/second-purchase/how-is-it", StringComparison.Ordinal)
                .Replace("mails/{name}", "mails/welcome/thank-you", StringComparison.Ordinal),
        };
    }

    private async Task<string> Parked()
    {
        var parking = demo.Shop.Product.Get<Parking>();
        await parking.Park(
            new Envelope
            {
                Source = "main",
                Topic = "cloudevents",
                ReceivedAt = DateTimeOffset.UtcNow,
                Body = "not JSON"u8.ToArray(),
            }, "to be looked at");
        return (await parking.List().FirstAsync()).Name;
    }

    private async Task<string> Talk()
    {
        const string user = "U206d25c2ea6bd87c17655609a1c37cb9";
        await demo.Shop.Product.Get<ChatService>().Handle(new()
        {
            Id = "cost",
            Channel = "line",
            Address = user,
            At = DateTimeOffset.UtcNow,
            Says = new Utterance.Words("担当者と話したいです"),
        });
        return Conversation.IdOf("line", user);
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Automation.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("The page lies in the repository's docs.");
    }
}
