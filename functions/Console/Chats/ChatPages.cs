using Automation.Console.Chats;
using Automation.Functions.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Chat;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Chats;

/// <summary>A conversation, what is known of who it is, and the answer of a person.</summary>
public sealed class ChatPages(ChatDesk desk, CustomerViews customers, AttentionCount count, TimeProvider time)
{
    /// <summary>What can be learnt from the last 30 days: a request for a thousand rows of the table.</summary>
    [Function("ConsoleChats")]
    public async Task<RazorComponentResult<ChatsPage>> Learn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/chats")] HttpRequest request) =>
        request.Page<ChatsPage>(
            await desk.Learn(time.GetUtcNow().AddDays(-30), request.HttpContext.RequestAborted));

    /// <summary>The conversation's partition, and what the customer's page reads.</summary>
    [Function("ConsoleChat")]
    public async Task<IResult> Look(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/chats/{id}")] HttpRequest request,
        string id) =>
        await Page(request, id) is { } page ? request.Page<ChatPage>(page) : Missing.Conversation;

    /// <summary>The answer goes where they asked, else by mail.</summary>
    [Function("ConsoleAnswerChat")]
    public async Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/chats/{id}/answer")] HttpRequest request,
        string id)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var (text, name) = ($"{form["text"]}", $"{form["form"]}");
        if (await Page(request, id) is not { } page) return Missing.Conversation;
        page = page with { Typed = text, Form = Guid.TryParse(name, out var own) ? own : page.Form };
        if (text.Trim().Length is 0 or > ChatDesk.Longest)
            return request.Refused<ChatPage>(page with { Problem = ChatProblem.Length });
        // Not cancelled with the request: what was handed over must be written down.
        var outcome = await desk.Answer(id, $"{page.Form:N}", text, request.Who(), CancellationToken.None);
        count.Forget();
        return outcome switch
        {
            null => Missing.Conversation,
            DeskOutcome.Sent => Elsewhere.To($"/console/chats/{id}", "sent"),
            DeskOutcome.Mailed => Elsewhere.To($"/console/chats/{id}", "mailed"),
            DeskOutcome.Unclear => request.Refused<ChatPage>(page with { Problem = ChatProblem.Unclear }),
            DeskOutcome.Later => request.Refused<ChatPage>(page with { Problem = ChatProblem.Later }),
            _ => request.Refused<ChatPage>(page with { Problem = ChatProblem.Nowhere }),
        };
    }

    /// <summary>It was settled elsewhere.</summary>
    [Function("ConsoleSettleChat")]
    public async Task<IResult> Settle(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/chats/{id}/settle")] HttpRequest request,
        string id)
    {
        var settled = await desk.Settle(id, CancellationToken.None);
        count.Forget();
        return settled ? Elsewhere.To($"/console/chats/{id}", "settled") : Missing.Conversation;
    }

    private async Task<ChatView?> Page(HttpRequest request, string id)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (await desk.Look(id, cancellation) is not { } found) return null;
        var unsent = ChatDesk.Unsent(found.Said);
        return new(found, found.Customer is { } customer ? await customers.Of(customer, cancellation) : null)
        {
            Form = Guid.TryParse(unsent?.Form, out var left) ? left : Guid.NewGuid(),
            Typed = unsent?.Text,
        };
    }
}
