using Automation.Console;
using Automation.Console.Answers;
using Automation.Console.Letters;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Automation.Marketing.Answers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Answers;

/// <summary>What the chat answers: the list, the editor, its preview. Storage: answers are in memory; a save writes one
/// file and publishes.</summary>
public sealed class AnswerPages(PublishedAnswers answers, LetterFiles files)
{
    private const int LongestWays = 2_000;
    private static Refusal None { get; } = Refusal.NotFound("There is no such answer.");

    [Function("ConsoleAnswers")]
    public IResult All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/answers")] HttpRequest request)
    {
        var wrong = request.Query["new"].ToString();
        if (IsAnswer(wrong)) return Elsewhere.To($"/console/answers/{wrong}");
        return request.Refused<AnswersPage>(
            new AnswerList(
                [.. answers.All.OrderBy(one => one.File, StringComparer.Ordinal)], wrong.Length > 0 ? wrong : null),
            wrong.Length > 0);
    }

    [Function("ConsoleAnswer")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/answers/{*name}")] HttpRequest request,
        string name)
    {
        if (!IsAnswer(name)) return None;
        var (draft, isNew) = await files.Open(File(name), Beginning(request.HttpContext.Visit().Say, ""));
        return request.Page<AnswerEditPage>(new AnswerEdit(name, isNew, draft));
    }

    /// <summary>An answer to what customers asked in vain: the ways in which they did are filled in.</summary>
    [Function("ConsoleBeginAnswer"), Needs(Role.Marketer, IsRoutine = true)]
    public IResult Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/write-answer")] HttpRequest request)
    {
        var ask = $"{request.Form["ask"]}".ReplaceLineEndings(" ").Trim();
        if (ask.Length > LongestWays) ask = ask[..LongestWays];
        return request.Page<AnswerEditPage>(new AnswerEdit("", true, new()
        {
            Text = Beginning(request.HttpContext.Visit().Say, ask),
            Version = "",
        }));
    }

    /// <summary>Saves what was typed.</summary>
    [Function("ConsoleSaveAnswer")]
    public async Task<IResult> Save(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/answers")] HttpRequest request)
    {
        var draft = await LetterPreviews.Read(request);
        var name = $"{request.Form["name"]}".Trim();
        if (!IsAnswer(name))
            return request.Refused<AnswerEditPage>(new AnswerEdit(name, true, draft, IsWrongName: true));
        // A name that is taken already is told as somebody else's change: nothing is written over unseen.
        var isNew = await files.Written(File(name)) is null;
        return await files.Save(File(name), draft) is { } refused
            ? request.Refused<AnswerEditPage>(new AnswerEdit(name, isNew, refused))
            : Elsewhere.To("/console/answers", "saved");
    }

    /// <summary>For the frame: as saved.</summary>
    [Function("ConsolePreviewAnswer")]
    public async Task<PreviewAnswer> Saved(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/preview-answer")] HttpRequest request)
    {
        var (say, name) = (request.HttpContext.Visit().Say, request.Query["name"].ToString());
        return IsAnswer(name) && await files.Written(File(name)) is { } text
            ? Show(name, text, say)
            : new(PreviewDocument.NotYet(say));
    }

    /// <summary>As typed.</summary>
    [Function("ConsolePreviewTypedAnswer"), Needs(Role.Marketer, IsRoutine = true)]
    public async Task<PreviewAnswer> Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/preview-answer")] HttpRequest request)
    {
        var (draft, name) = (await LetterPreviews.Read(request), $"{request.Form["name"]}".Trim());
        return Show(IsAnswer(name) ? name : "new", draft.Text, request.HttpContext.Visit().Say);
    }

    private static PreviewAnswer Show(string name, string text, Language say)
    {
        var (source, problems) = AnswerSource.Parse(name, text);
        return source is null
            ? new(PreviewDocument.Of(say, problems))
            : new(AnswerPicture.Html(
                source.Ask[0], source.Said, source.Links.Select(link => link.Words),
                source.People ? say["担当者にも知らせます。", "A person is called as well."] : null));
    }

    private static string File(string name) => $"answers/{name}.md";

    /// <summary>Can an answer have this name?</summary>
    private static bool IsAnswer(string name) => name.Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '_' or '.')
        && ShopPackage.IsPlace(File(name));

    private static string Beginning(Language say, string ask) => say[
        $"---\nask: {(ask.Length > 0 ? ask : "送料はいくらですか | 配送料")}\n---\nここに回答を書きます。\n",
        $"---\nask: {(ask.Length > 0 ? ask : "What does shipping cost | shipping fee")}\n---\nThe answer.\n"];
}
