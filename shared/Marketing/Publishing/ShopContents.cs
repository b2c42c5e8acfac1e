using Automation.Marketing.Chat;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>The shop folder as read at one moment: what is right, and every problem of what is not.</summary>
public sealed record ShopContents
{
    /// <summary>Null where shop.json is missing or wrong.</summary>
    public ShopSettings? Shop { get; init; }

    /// <summary>The journeys that are right, by id.</summary>
    public required IReadOnlyDictionary<string, JourneyFile> Journeys { get; init; }

    /// <summary>Mail files by the mail's name (<c>second-purchase/how-is-it</c>).</summary>
    public required IReadOnlyDictionary<string, string> Mails { get; init; }

    /// <summary>Files of LINE texts by the text's name.</summary>
    public required IReadOnlyDictionary<string, string> Lines { get; init; }

    /// <summary>Files of answers by their paths in the folder without ending; what is in them is not read
    /// here.</summary>
    public required IReadOnlyDictionary<string, string> Answers { get; init; }

    /// <summary>The shop's own pictures that are right, by name.</summary>
    public required IReadOnlyDictionary<string, byte[]> Pictures { get; init; }

    /// <summary>The shop, its pictures where a check needs an address: nothing is read from there.</summary>
    public ShopSettings? Imagined => Shop is null ? null : ShopPictures.With(
        Shop, Pictures.Keys.ToDictionary(name => name, name => $"https://shop.example/pictures/{name}"));

    /// <summary>The newsletters that are right, by id.</summary>
    public required IReadOnlyDictionary<string, NewsletterFile> Newsletters { get; init; }

    /// <summary>Files of issues; what is in them is not read here.</summary>
    public required IReadOnlyList<IssueFile> Issues { get; init; }

    /// <summary>The scenarios that are right, by file.</summary>
    public required IReadOnlyDictionary<string, Scenario> Scenarios { get; init; }

    /// <summary>The scenarios of the chat that are right, by file.</summary>
    public required IReadOnlyDictionary<string, ChatScenario> Chats { get; init; }

    /// <summary>The pools of coupon codes that are right.</summary>
    public required IReadOnlyList<CouponFile> Coupons { get; init; }

    /// <summary>By file, in the order they stand there.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>What may not be meant as it is written, by file; nothing that keeps a file from being
    /// published.</summary>
    public IReadOnlyList<Problem> Warnings => [.. Journeys.Values
        .OrderBy(journey => journey.File, StringComparer.Ordinal).SelectMany(journey => journey.Warnings)];

    /// <summary>What files may name, wrong ones included (their own problems say enough).</summary>
    public required Names Names { get; init; }
}

