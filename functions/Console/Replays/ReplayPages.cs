using System.Globalization;
using Automation.Console.Customers;
using Automation.Console.Replays;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Functions.Replays;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Replays;

/// <summary>The shop's last days, played again: one read, and one of each customer who is named in the
/// result.</summary>
public sealed class ReplayPages(
    ReplayDesk desk, ShopDraft drafts, PublishedJourneys journeys, PublishedNewsletters newsletters,
    CustomerStore customers)
{
    private const string Address = "/console/replay";

    /// <summary><c>?file=</c> opens one of the shop's files as a draft.</summary>
    [Function("ConsoleReplay")]
    public async Task<RazorComponentResult<ReplayPage>> Look(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/replay")] HttpRequest request)
    {
        var model = await Page(request);
        if (request.Query("file") is { } file && model.Files.Contains(file)
            && await drafts.Written(file) is { } text) model = model with { File = file, Text = text };
        return request.Page<ReplayPage>(model);
    }

    /// <summary>Begins one: of the file as typed, where there is one.</summary>
    [Function("ConsoleStartReplay")]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/replay")] HttpRequest request)
    {
        var (form, cancellation) = (request.Form, request.HttpContext.RequestAborted);
        var (file, days) = ($"{form["file"]}", $"{form["days"]}".Trim());
        var text = Journeys.JourneyDrafts.Normal($"{form["text"]}");
        var typed = await Page(request) with
        {
            Days = days.Length > 0 ? days : "30",
            File = file.Length > 0 ? file : null,
            Text = text,
        };
        if (!int.TryParse(typed.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > ReplayDesk.Longest)
            return request.Refused<ReplayPage>(typed with { Refusal = "days" });
        var files = typed.File is { } drafted
            ? new Dictionary<string, string> { [drafted] = await Same(drafted, text) } : [];
        if (ReplayApi.Unfit(number, files) is { } unfit)
            return request.Refused<ReplayPage>(
                typed with { Refusal = unfit.Status == 413 ? "size" : "file", File = null });
        return await desk.Begin(number, files, request.Who(), cancellation) switch
        {
            Begun.Mistaken wrong => request.Refused<ReplayPage>(typed with { Problems = wrong.Problems }),
            Begun.Busy => request.Refused<ReplayPage>(typed with { Refusal = "busy" }),
            _ => Elsewhere.To(Address, "begun"),
        };
    }

    /// <summary>Ends the one that is played.</summary>
    [Function("ConsoleStopReplay")]
    public async Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/replay/stop")] HttpRequest request)
    {
        await desk.CallOff(request.HttpContext.RequestAborted);
        return Elsewhere.To(Address, "stopped");
    }

    /// <summary>A browser ends lines in its own way: what is otherwise the same is the file as it is.</summary>
    private async Task<string> Same(string file, string typed) =>
        ShopPackage.IsPlace(file) && await drafts.Written(file) is { } written
            && Journeys.JourneyDrafts.Normal(written) == typed ? written : typed;

    private async Task<ReplayModel> Page(HttpRequest request)
    {
        var latest = await desk.Look(request.HttpContext.RequestAborted);
        var names = new Dictionary<CustomerId, string>();
        foreach (var one in latest?.Report?.Differences?.Some ?? [])
            if (await customers.Find(one.Customer) is { Value: { ErasedAt: null } customer })
                names[one.Customer] = CustomerWords.Name(customer, request.HttpContext.Visit().Say);
        return new()
        {
            Latest = latest,
            Names = names,
            Files =
            [
                "shop.json",
                .. journeys.All.Select(one => ShopDraft.Journey(one.Id)).Order(StringComparer.Ordinal),
                .. newsletters.All().Select(one => ShopDraft.Newsletter(one.Id)).Order(StringComparer.Ordinal),
            ],
        };
    }
}
