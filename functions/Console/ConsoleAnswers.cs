using Automation.Console;
using Automation.Functions.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Features;

namespace Automation.Functions.Console;

/// <summary>How functions answer with pages.</summary>
public static class ConsoleAnswers
{
    /// <summary>Who looks, in which language; known of every request that came through the door.</summary>
    public static Visit Visit(this HttpContext http) => http.Features.GetRequiredFeature<Visit>();

    /// <summary>The page, showing this.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(
        this HttpRequest request, object model, int status = StatusCodes.Status200OK) where TPage : IComponent =>
            new(new Dictionary<string, object?>
            {
                [nameof(ConsolePage<>.Visit)] = request.HttpContext.Visit(),
                [nameof(ConsolePage<>.Model)] = model,
            })
            { StatusCode = status };

    /// <summary>The page again, with what was typed and what is wrong with it.</summary>
    /// <param name="isRefused">False: nothing is wrong.</param>
    public static RazorComponentResult<TPage> Refused<TPage>(
        this HttpRequest request, object model, bool isRefused = true) where TPage : IComponent =>
            request.Page<TPage>(
                model, isRefused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>The name of the key of whoever is signed in.</summary>
    public static string Who(this HttpRequest request) => request.HttpContext.Caller()?.Name ?? "";
}
