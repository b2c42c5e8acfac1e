using Automation.Console.Newsletters;
using Automation.Functions.Console.Letters;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Newsletters;

/// <summary>The series and one of them. Storage: for each newsletter the issues of the last half year and those that
/// have a say in what is to come; the figures once they changed; whom it reaches is counted only where somebody
/// asks.</summary>
public sealed class NewsletterPages(SeriesViews views, LetterFiles files)
{
    [Function("ConsoleNewsletters")]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/newsletters")] HttpRequest request) =>
        request.Page<NewslettersPage>(await views.All(request.HttpContext.RequestAborted));

    [Function("ConsoleNewsletter")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/newsletters/{id}")]
        HttpRequest request, string id)
    {
        if (await views.One(id, request.Query("count") is not null, request.HttpContext.RequestAborted) is not { } view)
            return Missing.Newsletter;
        if (!request.HttpContext.Visit().May(Role.Marketer)) return request.Page<NewsletterPage>(view);
        var text = await files.Written(ShopDraft.Newsletter(id)) ?? "";
        return request.Page<NewsletterPage>(
            view with { Settings = new() { Text = text, Version = ShopFilePublisher.Version(text) } });
    }

    /// <summary>Saves its settings.</summary>
    [Function("ConsoleEditNewsletter")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/newsletters/{id}")]
        HttpRequest request, string id)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (await views.One(id, counted: false, cancellation) is not { } view) return Missing.Newsletter;
        var refused = await files.Save(ShopDraft.Newsletter(id), await LetterPreviews.Read(request));
        if (refused is null) return Elsewhere.To($"/console/newsletters/{id}", "saved");
        return request.Refused<NewsletterPage>(view with { Settings = refused });
    }
}
