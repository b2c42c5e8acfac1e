using Automation.Marketing.Mails;

namespace Automation.Console.Letters;

/// <summary>Hints in words: what, and what to do about it.</summary>
public static class HintWords
{
    public static string InWords(this MailHint hint, Language say) => hint.Kind switch
    {
        MailHintKind.SubjectLong => say[
            $"件名が長めです（半角{hint.Of}文字分）。スマートフォンでは途中までしか表示されません。",
            $"The subject is long ({hint.Of} columns). Phones show only its beginning."],
        MailHintKind.SubjectShouts => say[
            "件名が強すぎる印象です（感嘆符の連続や大文字だけの語）。迷惑メールと判定されやすくなります。",
            "The subject shouts (exclamation marks, capitals). Filters take that for spam."],
        MailHintKind.NoPreheader => say[
            "プリヘッダー（preheader）がありません。受信箱で件名の横に出る一文です。",
            "There is no preheader: the sentence inboxes show beside the subject."],
        MailHintKind.TooLarge => say[
            $"HTMLが{hint.Of}KBあります。Gmailは102KBを超えると途中で切り、配信停止の案内が隠れます。",
            $"The HTML has {hint.Of} KB. Gmail clips it at 102 KB, and hides the opt-out link."],
        MailHintKind.PictureWithoutAlt => say[
            $"画像に説明（alt）がありません: {hint.Of}",
            $"A picture has no description (alt): {hint.Of}"],
        MailHintKind.EmptyLink => say[
            $"リンクに文字がありません: {hint.Of}",
            $"A link has no words: {hint.Of}"],
        MailHintKind.InsecureLink => say[
            $"httpsではないリンクです: {hint.Of}",
            $"A link is not https: {hint.Of}"],
        MailHintKind.SuspiciousWords => say[
            $"迷惑メールによくある言い回しです: 「{hint.Of}」",
            $"Words that filters know from spam: “{hint.Of}”"],
        MailHintKind.PaleAccent => say[
            $"shop.jsonのaccentの色が薄く、白地のリンクが読みにくくなっています（コントラスト比{hint.Of}、4.5以上が目安）。",
            $"The accent colour of shop.json is pale: links on white are hard to read (contrast {hint.Of}; 4.5 is the "
            + $"least)."],
        _ => "",
    };
}
