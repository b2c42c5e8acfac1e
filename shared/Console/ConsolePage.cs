using Microsoft.AspNetCore.Components;

namespace Automation.Console;

/// <summary>A part of pages: it knows who looks at it.</summary>
public abstract class ConsolePart : ComponentBase
{
    [Parameter, EditorRequired]
    public Visit Visit { get; set; } = null!;

    /// <summary>Texts in the page's language.</summary>
    protected Language Say => Visit.Say;
}

/// <summary>A page: a record in, HTML out.</summary>
/// <typeparam name="TModel">What it shows; the same records as the API's.</typeparam>
public abstract class ConsolePage<TModel> : ConsolePart
{
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;
}
