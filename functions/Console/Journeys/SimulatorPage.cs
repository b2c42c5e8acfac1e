using System.Globalization;
using System.Text.RegularExpressions;
using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>The simulator: <c>?journey=</c> begins with one, <c>?scenario=</c> with a saved one.</summary>
public sealed partial class SimulatorPage(ScenarioPlayer desk, ShopWatch shop)
{
    /// <summary>Costs nothing: scenarios are read from the shop folder.</summary>
    [Function("ConsoleSimulator")]
    public async Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/simulator")] HttpRequest request)
    {
        var name = request.Query("scenario");
        var form = name is null ? desk.New(request.Query("journey")) : await desk.Saved(name);
        return form is null
            ? Refusal.NotFound("There is no such scenario.")
            : request.Page<Automation.Console.Journeys.SimulatorPage>(await desk.Begin(form, "", name ?? ""));
    }

    /// <summary>Plays what was typed, or changes its rows. Costs two reads where a customer is looked up; what is
    /// played is played in a database of its own.</summary>
    [Function("ConsolePlay"), Needs(Role.Viewer)]
    public async Task<IResult> Play(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/simulator")] HttpRequest request)
    {
        var (form, cancellation) = (request.Form, request.HttpContext.RequestAborted);
        var (model, what) = (await Typed(form), form["do"].ToString());
        if (what == "pick")
            model = await desk.As(model.Sought!.Trim(), model.Form) is { } found
                ? model with { Form = found }
                : model with { Refusal = "customer" };
        else if (what == "add")
            model = model with { Form = model.Form with { Events = [.. model.Form.Events, Next(model)] } };
        else if (Removed(what) is { } row)
            model = model with { Form = model.Form with { Events = [.. model.Form.Events.Where((_, n) => n != row)] } };
        else model = await desk.Play(model, cancellation);
        return Shown(request, model);
    }

    /// <summary>Plays what was typed once more, and keeps it with its diary as a scenario of the shop.</summary>
    [Function("ConsoleSaveScenario")]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/simulator/save")] HttpRequest request)
    {
        var model = await Typed(request.Form);
        model = await desk.Play(model, request.HttpContext.RequestAborted);
        if (model.Story is null) return Shown(request, model);
        if (!FileName().IsMatch(model.File)) return Shown(request, model with { Refusal = "file" });
        if (await desk.Save(model) is { Count: > 0 } problems)
            return Shown(request, model with { Problems = problems });
        await shop.Publish(CancellationToken.None);
        return Elsewhere.To($"/console/simulator?scenario={model.File}", "saved");
    }

    private async Task<SimulatorModel> Typed(IFormCollection form)
    {
        var scenario = ScenarioForm.Read(name => form.TryGetValue(name, out var value) ? value.ToString() : null);
        var model = await desk.Begin(
            scenario, form["draft"].ToString().ReplaceLineEndings("\n"), form["file"].ToString().Trim());
        return model with { Sought = form["sought"].ToString() };
    }

    private static RazorComponentResult<Automation.Console.Journeys.SimulatorPage> Shown(
        HttpRequest request, SimulatorModel model) => request.Refused<Automation.Console.Journeys.SimulatorPage>(
            model, model.Problems.Count > 0 || model.Refusal is not null);

    private static EventRow Next(SimulatorModel model) => new()
    {
        Day = model.Form.Events is [.., var last] ? last.Day : "0",
        Event = "order.placed",
    };

    private static int? Removed(string what) =>
        what.StartsWith("remove-", StringComparison.Ordinal)
            && int.TryParse(
                what["remove-".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,79}$")] private static partial Regex FileName();
}
