using Automation.Console.Letters;
using Automation.Console.Lines;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Lines;

/// <summary>LINE texts: one of them, and as somebody would see it. Storage: texts are in memory; one read for a
/// customer, nothing for made-up ones.</summary>
public sealed class LinePages(PublishedLines lines, PublishedJourneys journeys, Previews previews)
{
    [Function("ConsoleLine")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/lines/{*name}")] HttpRequest request,
        string name) =>
        await lines.Find(name) is { } line
            ? request.Page<LinePage>(new LineView(Text(line, journeys, previews), request.Query("who")))
            : Refusal.NotFound("There is no such LINE text.");

    /// <summary>For the frame.</summary>
    [Function("ConsolePreviewLine")]
    public async Task<IResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview/line/{*name}")] HttpRequest request,
        string name)
    {
        var say = request.HttpContext.Visit().Say;
        if (await lines.Find(name) is not { } line) return Refusal.NotFound("There is no such LINE text.");
        if (await previews.Whom(request.Query("who"), line.Placeholders) is not { } situation)
            return new PreviewAnswer(PreviewDocument.Of(
                say["該当するお客様が見つかりません。", "There is no such customer."]));
        try
        {
            var shown = await previews.Render(line, situation);
            return new PreviewAnswer(LinePicture.Html(shown.Json, shown.Alt, say));
        }
        catch (Exception wrong) when (wrong is MissingValueException or LineShapeException)
        {
            return new PreviewAnswer(PreviewDocument.Of(say[
                $"このお客様には表示できません: {wrong.Message}", $"It cannot be shown for this customer: {wrong.Message}"]));
        }
    }

    /// <summary>A text as lists show it.</summary>
    internal static LineText Text(LineTemplate line, PublishedJourneys journeys, Previews previews) => new(
        line.Name, line.Source.Written.Subject.Text, previews.PurposeOf(line),
        [.. journeys.All.Where(one => Steps.Lines(one.Journey).Contains(line.Name)).Select(one => one.Id)
            .Order(StringComparer.Ordinal)]);
}
