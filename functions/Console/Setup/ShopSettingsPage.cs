using System.Text;
using Automation.Console.Letters;
using Automation.Console.Setup;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Access;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Setup.ShopSettingsPage;

namespace Automation.Functions.Console.Setup;

/// <summary>What the shop says about itself, <c>shop.json</c>: law, brand, plan, holidays, chat. An operator's, because
/// it names the hosts that journeys may call and the pages that may show the chat. Storage: none; a save writes one
/// file and publishes.</summary>
public sealed class ShopSettingsPage(LetterFiles files, ShopDraft draft)
{
    private const string File = "shop.json";

    [Function("ConsoleShop"), Needs(Role.Operator, IsRoutine = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/setup/shop")] HttpRequest request) =>
        request.Page<Page>(new ShopEdit((await files.Open(File, "")).Draft, []));

    /// <summary>Saves it. What breaks a scenario is refused, unless the operator says why it is to be saved all the
    /// same; the audit keeps that.</summary>
    [Function("ConsoleSaveShop"), Needs(Role.Operator)]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/setup/shop")] HttpRequest request)
    {
        var typed = await LetterPreviews.Read(request);
        if (request.Insists() is null && await Broken(typed, request.HttpContext.RequestAborted) is [_, ..] broken)
            return request.Refused<Page>(new ShopEdit(typed, broken));
        return await files.Save(File, typed) is { } refused
            ? request.Refused<Page>(new ShopEdit(refused, []))
            : Elsewhere.To("/console/setup", "saved");
    }

    /// <summary>Scenarios that come out differently with this text; none where it cannot be read: that is said
    /// then.</summary>
    private Task<IReadOnlyList<Problem>> Broken(LetterDraft typed, CancellationToken cancellation) =>
        draft.With<IReadOnlyList<Problem>>(File, Encoding.UTF8.GetBytes(typed.Text),
            folder => ScenarioPlay.Broken(folder, null, cancellation));
}
