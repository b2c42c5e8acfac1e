using System.Text.RegularExpressions;
using Automation.Console.Look;
using Automation.Marketing.Access;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Console.Access;

/// <summary>Why something is refused, in the page's language: the API's own sentences, which are English. What is not
/// known here stays as it is.</summary>
public static partial class RefusalWords
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["There is no such customer."] = "そのお客様は見つかりません。",
        ["There is no such conversation."] = "その会話は見つかりません。",
        ["There is no such issue."] = "その号は見つかりません。",
        ["There is no such journey."] = "そのジャーニーは見つかりません。",
        ["There is no such newsletter."] = "そのニュースレターは見つかりません。",
        ["There is no such request."] = "そのご請求は見つかりません。",
        ["There is no such mail."] = "そのメールは見つかりません。",
        ["There is no such LINE text."] = "そのLINEのメッセージは見つかりません。",
        ["There is no such answer."] = "その回答は見つかりません。",
        ["There is no such source."] = "その連携元は見つかりません。",
        ["There is no such scenario."] = "そのシナリオは見つかりません。",
        ["This form was not sent from a page of this session. Load the page again, and send it once more."] =
            "このフォームは、いまログインしている画面から送られたものではありません。画面を読み込み直して、もう一度お送りください。",
        ["The form is too large."] = "フォームの内容が大きすぎます。",
        ["This is not UTF-8 text."] = "UTF-8の文章として読み取れません。",
        ["'state' is live or ended."] = "絞り込みの条件が正しくありません（「途中」か「終了」を選べます）。",
        ["There is no slot on that day."] = "その日には配信の予定がありません。",
        ["That slot has an issue of its own."] = "その回にはすでに別の号があります。",
        ["The issue has mistakes; nothing was changed."] = "号に直すところがあります。何も変更していません。",
        ["This cannot be done: its slot has not come. It can be cancelled."] =
            "まだ配信の時刻になっていないため、この操作はできません。お休みにすることはできます。",
        ["An issue is named by its day, 2026-12-02, or is one of the newsletter's fallbacks."] =
            "号の名前は日付（2026-12-02の形）か、代わりの号の名前にしてください。",
    };

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["it has been sent"] = "送信が済んでいます",
        ["it is being sent; failures are tried again once it is done"] =
            "送信中です。失敗した分は、送信が終わってからもう一度送れます",
        ["there is no issue of that date, or it is a draft, and no fallback that did not go out lately"] =
            "その日の号がないか下書きのままで、代わりに出せる号もありません",
    };

    /// <summary>Those known here, in the API's words.</summary>
    public static IEnumerable<string> Known => Sentences.Keys;

    /// <summary>A refusal.</summary>
    public static string? Of(string? detail, Language say)
    {
        if (detail is null || !say.IsJapanese) return detail;
        if (Sentences.TryGetValue(detail, out var sentence)) return sentence;
        if (CannotBe().Match(detail) is { Success: true } cannot)
            return $"今はできません。{Reason(cannot.Groups[1].Value, say)}。";
        if (Acted().Match(detail) is { Success: true } acted)
            return $"この回はすでに処理されています（{State(acted.Groups[1].Value, say)}）。内容はもう変わりません。";
        if (NeedsRole().Match(detail) is { Success: true } role)
            return $"この操作には「{RoleName(role.Groups[1].Value, say)}」の権限が必要です（Api:Keys:{{name}}:Role）。";
        if (Link().Match(detail) is { Success: true } link)
            return $"{link.Groups[1].Value} はリンクのため書き込めません。リンク先ではなく、ファイルそのものを置いてください。";
        return detail;
    }

    /// <summary>Why an issue cannot go, or be steered.</summary>
    public static string Reason(string reason, Language say)
    {
        if (!say.IsJapanese) return reason;
        if (Reasons.TryGetValue(reason, out var known)) return known;
        return reason.StartsWith("it is ", StringComparison.Ordinal)
            ? $"この号は「{State(reason["it is ".Length..], say)}」です" : reason;
    }

    private static string State(string word, Language say) =>
        Enum.TryParse<IssueState>(word, ignoreCase: true, out var state) ? state.Name(say) : word;

    private static string RoleName(string word, Language say) =>
        Enum.TryParse<Role>(word, ignoreCase: true, out var role) ? role.Name(say) : word;

    [GeneratedRegex("^This cannot be [a-z]+: (.+)\\.$")]
    private static partial Regex CannotBe();

    [GeneratedRegex(@"^The slot was acted on \(state ([a-z]+)\); its text does not change any more\.$")]
    private static partial Regex Acted();

    [GeneratedRegex("^This asks for a key with the role ([a-z]+) ")]
    private static partial Regex NeedsRole();

    [GeneratedRegex("^(.+) is a link, and nothing is written through links")]
    private static partial Regex Link();
}
