using System.Text.RegularExpressions;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Chat;

/// <summary>A visitor proves an order: its number and e-mail address, then the code that came by mail.</summary>
/// <param name="wall">The time outside.</param>
public sealed partial class ChatProofs(
    ChatDoor door, ChatLimits limits, OrderProofs proofs, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    /// <summary>The answer takes at least so long: a mail that goes cannot be told by the time from one that does
    /// not.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private const int LongestNumber = 64, LongestAddress = 254;

    /// <summary>Sends a code where there is such an order of this address; the answer is the same where there is
    /// none.</summary>
    [Function("AskChatProof"), Asks(Body = "application/json")]
    public async Task<Results<Accepted, Refusal>> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "chat/proofs")] HttpRequest request)
    {
        if (door.Refuses(request, out var visitor) is { } refusal) return refusal;
        var (body, wrong) = await ChatDoor.Read(request, ChatBodies.Default.AskedProof);
        if (wrong is not null) return wrong;
        if (body is not { Order.Length: > 0 and <= LongestNumber, Email.Length: <= LongestAddress }
            || EmailAddress.Normalize(body.Email) is not { } email)
            return Refusal.Unreadable("Send 'order', the order's number, and 'email', the address it was made with.");
        if ((ChatDoor.Spend(request, limits.Proofs, request.HttpContext.CallerAddress() ?? "")
            ?? ChatDoor.Spend(request, limits.Mails, email)) is { } often) return often;
        await Task.WhenAll(
            proofs.Ask(visitor, body.Order, email, CancellationToken.None),
            Task.Delay(Least, wall, CancellationToken.None));
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>Takes the code: <c>{"id":…,"code":"123456"}</c>; how the order stands is the answer. The same id again
    /// is the same answer. 422: another code; 409: ask for a new one.</summary>
    [Function("GiveChatCode"), Asks(Body = "application/json")]
    public async Task<Results<Ok<ChatEntry>, Refusal>> Give(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "chat/proofs/code")] HttpRequest request)
    {
        if (door.Refuses(request, out var visitor) is { } refusal) return refusal;
        if (ChatDoor.Spend(request, limits.Codes, request.HttpContext.CallerAddress() ?? "") is { } often)
            return often;
        var (body, wrong) = await ChatDoor.Read(request, ChatBodies.Default.GivenCode);
        if (wrong is not null) return wrong;
        if (!ChatMessages.IsId(body!.Id)) return ChatMessages.UnknownId;
        if (!Code().IsMatch(body.Code)) return Refusal.Mistaken("A code has six digits.");
        return await proofs.Give(visitor, body.Id, body.Code, CancellationToken.None) switch
        {
            CodeOutcome.Proven(var entry) => TypedResults.Ok(entry),
            CodeOutcome.Wrong => Refusal.Mistaken("This is not the code."),
            _ => Refusal.Conflict("The code holds no more: ask for another."),
        };
    }

    [GeneratedRegex(@"^[0-9]{6}\z")]
    private static partial Regex Code();
}
