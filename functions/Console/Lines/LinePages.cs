using Automation.Console;
using Automation.Console.Letters;
using Automation.Console.Lines;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Mails;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Lines;

/// <summary>LINE texts: one of them, as somebody would see it, and the editor. Storage: texts are in memory; one read
/// for a customer, nothing for made-up ones; a save writes one file and publishes.</summary>
public sealed class LinePages(
    PublishedLines lines, PublishedJourneys journeys, Previews previews, LinePreviews pictures, LetterFiles files)
{
    private static Refusal None { get; } = Refusal.NotFound("There is no such LINE text.");

    [Function("ConsoleLine")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/lines/{*name}")] HttpRequest request,
        string name)
    {
        if (request.Query("edit") is not null) return await Edit(request, name);
        return await lines.Find(name) is { } line
            ? request.Page<LinePage>(new LineView(Text(line, journeys, previews), request.Query("who")))
            : None;
    }

    /// <summary>Saves what was typed.</summary>
    [Function("ConsoleEditLine")]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/lines/{*name}")] HttpRequest request,
        string name)
    {
        if (!IsLine(name)) return None;
        var draft = await LetterPreviews.Read(request);
        var isNew = await files.Written(File(name)) is null;
        return await files.Save(File(name), draft) is { } refused
            ? request.Refused<LineEditPage>(new LineEdit(name, isNew, refused))
            : Elsewhere.To(LinePage.Address(name), "saved");
    }

    private async Task<IResult> Edit(HttpRequest request, string name)
    {
        if (!IsLine(name)) return None;
        var (draft, isNew) = await files.Open(File(name), Beginning(request.HttpContext.Visit().Say));
        return request.Page<LineEditPage>(new LineEdit(name, isNew, draft));
    }

    /// <summary>For the frame: as saved.</summary>
    [Function("ConsolePreviewLine")]
    public async Task<IResult> Preview(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview/line/{*name}")] HttpRequest request,
        string name)
    {
        var say = request.HttpContext.Visit().Say;
        if (await lines.Find(name) is { } line) return await pictures.Show(line, request.Query("who"), say);
        return IsLine(name)
            ? new PreviewAnswer(PreviewDocument.NotYet(say))
            : None;
    }

    /// <summary>As typed.</summary>
    [Function("ConsolePreviewTypedLine"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<PreviewAnswer> Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/preview/line/{*name}")] HttpRequest request,
        string name)
    {
        var (say, draft) = (request.HttpContext.Visit().Say, await LetterPreviews.Read(request));
        var (source, problems) = LineSource.Parse(name, draft.Text);
        if (source is null) return new(PreviewDocument.Of(say, problems));
        var (template, wrong) = LineTemplate.Compile(source);
        return template is null ? new(PreviewDocument.Of(say, wrong))
            : await pictures.Show(template, draft.Who, say);
    }

    /// <summary>A text as lists show it.</summary>
    internal static LineText Text(LineTemplate line, PublishedJourneys journeys, Previews previews) => new(
        line.Name, line.Source.Written.Subject.Text, previews.PurposeOf(line),
        [.. journeys.All.Where(one => Steps.Lines(one.Journey).Contains(line.Name)).Select(one => one.Id)
            .Order(StringComparer.Ordinal)]);

    private static string File(string name) => $"lines/{name}.md";

    /// <summary>Can a LINE text have this name?</summary>
    internal static bool IsLine(string name) => Letter.IsMail(name) && ShopPackage.IsPlace(File(name));

    private static string Beginning(Language say) => say[
        "---\nalt: 通知に出る文をここに\nquick: くわしく https://example.jp\n---\n{{customer.salutation}}\n\n本文をここに書きます。\n",
        "---\nalt: What notifications show\nquick: More https://example.jp\n---\n{{customer.salutation}}\n\n"
        + "The text.\n"];
}
