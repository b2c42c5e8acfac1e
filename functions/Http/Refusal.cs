using Automation.Functions.Console;
using Automation.Marketing;
using Automation.Marketing.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Automation.Functions.Http;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457).</summary>
public record Refusal : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>What kind of refusal it is.</summary>
    public string Title => Status switch
    {
        400 => "This request cannot be read",
        401 => "Not authorized",
        403 => "Not allowed",
        404 => "There is nothing here",
        405 => "This method is not allowed here",
        409 => "This is not possible now",
        413 => "Too large",
        415 => "This content type is not understood here",
        500 => "Something went wrong here",
        503 => "Not ready",
        _ => ReasonPhrases.GetReasonPhrase(Status),
    };

    public required int Status { get; init; }

    /// <summary>What is wrong and how to put it right; null: nothing is given away.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong in the shop's files.</summary>
    public IEnumerable<Problem>? Problems { get; init; }

    public static Refusal Unreadable(string? detail = null) => new() { Status = 400, Detail = detail };
    public static Refusal NotFromHere { get; } = new()
    {
        Status = 403,
        Detail = "This form was not sent from a page of this session. Load the page again, and send it once more.",
    };

    public static Refusal Forbidden(Role needed) => new()
    {
        Status = 403,
        Detail = $"This asks for a key with the role {needed.ToString().ToLowerInvariant()} (Api:Keys:{{name}}:Role).",
    };

    public static Refusal NotFound(string? detail = null) => new() { Status = 404, Detail = detail };
    public static Refusal Conflict(string detail) => new() { Status = 409, Detail = detail };
    public static Refusal Outdated(string detail) => new() { Status = 412, Detail = detail };
    public static Refusal TooLarge(string? detail = null) => new() { Status = 413, Detail = detail };
    public static Refusal NotUnderstood(string detail) => new() { Status = 415, Detail = detail };
    public static Refusal NotJson { get; } = NotUnderstood("Send application/json.");
    public static Refusal NotReady(string detail) => new() { Status = 503, Detail = detail };

    public static Refusal Mistaken(string detail, IEnumerable<Problem>? problems = null) =>
        new() { Status = 422, Detail = detail, Problems = problems };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The rest of the body is not worth reading.
        if (Status == StatusCodes.Status413PayloadTooLarge) httpContext.Response.Headers.Connection = "close";
        httpContext.Response.StatusCode = Status;
        return httpContext.Features.Get<RefusalPages>() is { } pages
            ? pages.Write(httpContext, this)
            : Write(httpContext.Response);
    }

    protected virtual Task Write(HttpResponse answer) =>
        answer.WriteAsJsonAsync(this, AnswerJson.Written.Refusal, ContentType);
}
