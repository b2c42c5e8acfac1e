using Microsoft.AspNetCore.Components;

namespace Automation.Console;

/// <summary>A page: a record in, HTML out.</summary>
/// <typeparam name="TModel">What it shows; the same records as the API's.</typeparam>
public abstract class ConsolePage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public Visit Visit { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>Texts in the page's language.</summary>
    protected Language Say => Visit.Say;
}
