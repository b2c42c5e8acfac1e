using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>The chat that answers customers (shop.json, <c>chat</c>); without it nothing is answered.</summary>
public sealed record ChatSettings
{
    /// <summary>When people of the shop answer, on the shop's clocks; closed on its holidays. None: nobody says
    /// when.</summary>
    public IReadOnlyList<Window> Hours { get; init; } = [];

    /// <summary>Who gets a mail when somebody waits for a person; none: the shop's contact address.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>Words with which a message goes to a person, beside those of complaint that are known.</summary>
    public IReadOnlyList<string> ToPeople { get; init; } = [];

    /// <summary>Whose pages may show the chat: <c>https://shop.example</c>. None: it is not on the web.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
