using Microsoft.AspNetCore.Http.Features;
using Automation.Console;
using Microsoft.AspNetCore.Components;

namespace Automation.Functions.Console;

/// <summary>How functions answer with pages.</summary>
public static class ConsoleAnswers
{
    /// <summary>Who looks, in which language; known of every request that came through the door.</summary>
    public static Visit Visit(this HttpContext http) => http.Features.GetRequiredFeature<Visit>();

    /// <summary>The page, showing this.</summary>
    public static RazorComponentResult<TPage> Page<TPage>(this HttpRequest request, object model) where TPage : IComponent =>
        new(new Dictionary<string, object?>
        {
            [nameof(ConsolePage<>.Visit)] = request.HttpContext.Visit(),
            [nameof(ConsolePage<>.Model)] = model,
        });
}
