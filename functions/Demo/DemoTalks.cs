using System.Globalization;
using Automation.Marketing.Chat;

namespace Automation.Functions.Demo;

/// <summary>What visitors of the shop's pages asked the chat in its last weeks: answered by the chat itself, so that
/// it has something to learn from, and one of them waits for a person.</summary>
internal sealed class DemoTalks(ChatService chat)
{
    private const int Days = 28;

    /// <summary>What is asked, how often.</summary>
    private static readonly (string Says, int Times)[] Asked =
    [
        ("送料はいくらですか", 9), ("いつ届きますか", 8), ("ギフト包装はできますか", 6), ("お茶の淹れ方を教えてください", 5),
        ("領収書をもらえますか", 5), ("カフェインは入っていますか", 4), ("Do you ship overseas?", 4), ("返品できますか", 3),
        ("クーポンが使えません", 3), ("朝もやはいくらですか", 3), ("定期便はありますか", 5), ("子ども用の湯のみはありますか", 4),
        ("ふるさと納税の返礼品になりますか", 3), ("Can I subscribe to monthly tea?", 2),
    ];

    /// <summary>Once for each id: written again it is the same.</summary>
    public async Task Write(DateTimeOffset now, CancellationToken cancellation)
    {
        var random = new Random(Days);
        var n = 0;
        foreach (var (says, times) in Asked)
            for (var time = 0; time < times; time++)
                await Say(
                    n++, now.AddDays(-Days * random.NextDouble()), new Utterance.Words(says), cancellation);
        await Say(n, now.AddHours(-2), new Utterance.Words("届いた湯のみが割れていました"), cancellation);
    }

    private Task Say(int visitor, DateTimeOffset at, Utterance says, CancellationToken cancellation) => chat.Handle(
        new()
        {
            Id = "demo",
            Channel = Conversation.Web,
            Address = string.Create(CultureInfo.InvariantCulture, $"demo-{visitor}"),
            At = at,
            Says = says,
        }, cancellation);
}
