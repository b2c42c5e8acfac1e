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
        var list = new AnswerList(
            [.. answers.All.OrderBy(one => one.File, StringComparer.Ordinal).Select(Line)],
            wrong.Length > 0 ? wrong : null);
        return wrong.Length > 0 ? request.Refused<AnswersPage>(list) : request.Page<AnswersPage>(list);
    }

    [Function("ConsoleAnswer")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/answers/{*name}")] HttpRequest request,
        string name)
    {
        if (!IsAnswer(name)) return None;
        var written = await files.Written(File(name));
        return request.Page<AnswerEditPage>(new AnswerEdit(name, written is null, new()
        {
            Text = written ?? Beginning(request.HttpContext.Visit().Say, ""),
            Version = ShopFilePublisher.Version(written),
        }));
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
            : new(PreviewDocument.Of(say["「プレビュー」を押すと、ここに表示されます。", "“Show preview” shows it here."]));
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

    private static AnswerLine Line(AnswerSource one) => new()
    {
        Name = one.File["answers/".Length..^".md".Length],
        Ask = one.Ask[0],
        More = one.Ask.Count - 1,
        Language = one.Language,
        Topic = one.Topic,
        From = one.From,
        Until = one.Until,
    };

    private static string File(string name) => $"answers/{name}.md";

    /// <summary>Can an answer have this name?</summary>
    private static bool IsAnswer(string name) => name.Length > 0
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '_' or '.')
        && ShopPackage.IsPlace(File(name));

    private static string Beginning(Language say, string ask) => say[
        $"---\nask: {(ask.Length > 0 ? ask : "送料はいくらですか | 配送料")}\n---\nここに回答を書きます。\n",
        $"---\nask: {(ask.Length > 0 ? ask : "What does shipping cost | shipping fee")}\n---\nThe answer.\n"];
}
