using Automation.Marketing.Inbox;

namespace Automation.Console.Look;

/// <summary>What waits for a person, in words, and where it is settled.</summary>
public static class AttentionWords
{
    public static string Kind(this AttentionEntry entry, Language say) => KindOf(entry.Kind, say);

    public static string KindOf(string kind, Language say) => kind switch
    {
        "parked" => say["保留した受信データ", "set aside"],
        "uncertain" => say["届いたか不明な送信", "uncertain send"],
        "stuck" => say["止まっているもの", "stuck"],
        "refused" => say["受け付けなかった通知", "refused webhooks"],
        "files" => say["直すファイル", "file to mend"],
        "attributes" => say["型の合わない値", "values of another type"],
        "coupons" => say["残り少ないクーポン", "coupons run low"],
        "requests" => say["個人情報の請求", "privacy request"],
        "quota" => say["LINEの配信数", "LINE messages"],
        "setup" => say["直す設定", "setting to put right"],
        "chat" => say["返事を待つお客さま", "customer waits for an answer"],
        _ => kind,
    };

    /// <summary>What to do about it.</summary>
    public static string Advice(this AttentionEntry entry, Language say) => entry.Kind switch
    {
        "parked" => say["内容を確かめて、もう一度処理するか、取り除いてください。", "Look at it, then try it again or drop it."],
        "uncertain" => say[
            "配信サービスの記録を待っています。届いていないと分かっているときだけ、手で送り直してください。",
            "The provider's own record is waited for. Send again by hand only if you know that it did not arrive."],
        "refused" => say[
            "署名の鍵が、ショップ側とこちらで同じか確かめてください。", "Is the secret the same at the platform and here?"],
        "files" => say["ファイルを直すと、自動で消えます。", "It goes by itself once the file is mended."],
        "attributes" => say[
            "送り元の値か、shop.json で宣言した型を直してください。その値は保存されていません。",
            "Mend the value at its source, or the type in shop.json. Such a value is not kept."],
        "coupons" => say[
            "coupons フォルダのファイルにコードを足すか、API で追加してください。",
            "Add codes to its file in coupons/, or by the API."],
        "requests" => say["期限内に回答してください。", "Answer within the time the law gives."],
        "quota" => say[
            "月の上限に達すると、案内は翌月まで待ちます。LINE公式アカウントのプランを確かめてください。",
            "At the limit marketing waits for the next month. Look at the plan of the LINE account."],
        "setup" => say["直して再起動すると、自動で消えます。", "It goes by itself at the start that finds it right."],
        "chat" => say["お約束の時刻までに、担当者からお返事してください。", "Let a person answer by the time that was promised."],
        _ => say["原因を取り除くと、自動で続きます。", "It goes on once the cause is gone."],
    };
}
