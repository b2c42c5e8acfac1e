using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>The newsletters' audiences: how large they are, and who is in them.</summary>
public sealed class ShowAudiences(Audiences audiences, INewsletters newsletters)
{
    /// <summary>One read: they were counted at night.</summary>
    [Function("ConsoleSegments")]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/segments")] HttpRequest request)
    {
        var sizes = await audiences.Sizes(request.HttpContext.RequestAborted);
        return request.Page<AudiencesPage>(newsletters.All().Select(
            one => new AudienceLine(one.Id, one.Name, Audiences.Asks(one), sizes.GetValueOrDefault(one.Id))).ToList());
    }

    /// <summary>Customers are looked at until some fifty members are found: ten thousand at most, a dozen
    /// reads.</summary>
    [Function("ConsoleSegment")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/segments/{id}")] HttpRequest request,
        string id)
    {
        if (newsletters.All().FirstOrDefault(one => one.Id == id) is not { } newsletter) return Missing.Newsletter;
        var cancellation = request.HttpContext.RequestAborted;
        if (await audiences.Members(newsletter, request.Query("next"), cancellation) is not { } members)
            return Pages.UnknownNext;
        var size = (await audiences.Sizes(cancellation)).GetValueOrDefault(id);
        return request.Page<AudiencePage>(
            new AudienceMembers(new(id, newsletter.Name, Audiences.Asks(newsletter), size), members));
    }
}
