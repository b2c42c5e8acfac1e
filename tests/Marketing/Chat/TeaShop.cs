using Automation.Marketing.Answers;
using Automation.Marketing.Chat;
using Automation.Marketing.Publishing;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Shop;

namespace Automation.Marketing.Tests.Chat;

/// <summary>The repository's own shop, as its chat knows it.</summary>
internal static class TeaShop
{
    private static readonly Lazy<ShopContents> Read = new(() => ShopFolder.Read(Path.Combine(Repository.Root, "shop")));
    private static readonly Lazy<AnswerIndex> Made = new(() => AnswerFiles.Index(Read.Value, Shop));

    public static ShopSettings Shop => Read.Value.Shop!;
    public static AnswerIndex Index => Made.Value;

    /// <summary>By their files' names.</summary>
    public static IReadOnlyDictionary<string, ChatScenario> Scenarios { get; } =
        Read.Value.Chats.Values.ToDictionary(chat => chat.Id);
}
