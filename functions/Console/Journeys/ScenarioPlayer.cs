using System.Text;
using Automation.Console.Journeys;
using Automation.Functions.Mails;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Console.Journeys;

/// <summary>Plays and keeps scenarios that were typed into the simulator.</summary>
public sealed class ScenarioPlayer(
    ShopDraft draft, PublishedJourneys journeys, Previews previews, TimeProvider time)
{
    /// <summary>So many earlier orders of a real customer are copied.</summary>
    private const int Orders = 20;

    /// <summary>The page, before anything was played.</summary>
    public async Task<SimulatorModel> Begin(ScenarioForm form, string draftText, string file)
    {
        var scenarios = await draft.With(
            "shop.json", null, folder => Task.FromResult(ShopFolder.Read(folder).Scenarios.Values.ToList()));
        return new()
        {
            Form = form,
            Draft = draftText,
            File = file,
            Journeys = [.. journeys.All.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Journey)],
            Scenarios = [.. scenarios.OrderBy(one => one.Id, StringComparer.Ordinal)
                .Select(one => (one.Id, one.Journey))],
            Events = [.. EventTypes.All, .. journeys.Shop.Events],
        };
    }

    /// <summary>A new one for a journey: what starts it happens on day 0.</summary>
    public ScenarioForm New(string? journey) => journeys.Latest(journey ?? "") is { } known
        ? new()
        {
            Journey = known.Id,
            Events = known.Journey.Trigger is Trigger.On on
            ? [new() { Event = on.Events.All[0] }]
            : []
        }
        : new() { Events = [new() { Event = EventTypes.OrderPlaced }] };

    /// <summary>A scenario of the shop; null: there is none of the name.</summary>
    public Task<ScenarioForm?> Saved(string id) => draft.With("shop.json", null, folder => Task.FromResult(
        ShopFolder.Read(folder).Scenarios.Values.FirstOrDefault(one => one.Id == id) is { } found
            ? ScenarioForm.Of(found) : null));

    /// <summary>The form with a real customer in it, and their orders as history; null: there is no such
    /// customer.</summary>
    public async Task<ScenarioForm?> As(string sought, ScenarioForm form)
    {
        if (await previews.Find(sought) is not { ErasedAt: null } customer) return null;
        var zone = journeys.Zone(null);
        var today = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).Date;
        var history = customer.Orders.Latest.Where(order => !order.Void).OrderBy(order => order.At).TakeLast(Orders)
            .Select(order =>
            {
                var at = TimeZoneInfo.ConvertTime(order.At, zone);
                return new EventRow
                {
                    Day = $"{(at.Date - today).Days}",
                    At = $"{at:HH:mm}",
                    Event = EventTypes.OrderPlaced,
                    Total = $"{order.Total}",
                };
            }).Where(row => !row.Day.Equals("0", StringComparison.Ordinal));
        return ScenarioForm.Of(customer) with
        {
            Journey = form.Journey,
            About = form.About,
            Start = $"{today:yyyy-MM-dd}T09:00",
            Newsletters = form.Newsletters,
            Events = [.. history, .. form.Events.Where(row => !row.Day.StartsWith('-'))],
        };
    }

    /// <summary>The page with what happens, or what is wrong.</summary>
    public async Task<SimulatorModel> Play(SimulatorModel model, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? text =
            model.Draft.Trim().Length == 0 ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(model.Draft);
        if (!JourneyReader.IsWellFormedId(model.Form.Journey)) return model;
        var file = ShopDraft.Journey(model.Form.Journey);
        if (text is { } drafted && await draft.Check(file, drafted) is { Count: > 0 } mistakes)
            return model with { Problems = mistakes };
        return await draft.With(file, text, async folder =>
        {
            var contents = ShopFolder.Read(folder);
            var (scenario, problems) = ScenarioReader.Read(
                "scenario", Encoding.UTF8.GetBytes(model.Form.Json([])), contents.Names);
            if (scenario is null || contents.Shop is not { } shop) return model with { Problems = problems };
            var whole = await Simulator.PlayWhole(folder, shop, scenario, cancellation);
            return model with { Story = new(whole.Diary, whole.Mails) };
        });
    }

    /// <summary>Keeps what was played as a scenario of the shop; what is wrong, if anything.</summary>
    public async Task<IReadOnlyList<Problem>> Save(SimulatorModel played)
    {
        var (file, bytes) =
            (ShopDraft.Scenario(played.File), Encoding.UTF8.GetBytes(played.Form.Json(played.Story!.Diary)));
        if (draft.Obstacle(file) is { } obstacle) return [new(file, 1, 1, obstacle)];
        if (await draft.Check(file, bytes) is { Count: > 0 } problems) return problems;
        await draft.Write(file, bytes);
        return [];
    }
}
