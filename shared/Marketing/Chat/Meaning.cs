using System.Text.RegularExpressions;
using Automation.Marketing.Answers;
using Automation.Marketing.Time;

namespace Automation.Marketing.Chat;

/// <summary>What is asked about an order.</summary>
public enum OrderQuestion
{
    /// <summary>When does it come, was it shipped?</summary>
    Arrival,

    /// <summary>Can it be cancelled?</summary>
    Cancel,

    /// <summary>A receipt, an invoice.</summary>
    Receipt,

    /// <summary>Another address.</summary>
    Address,

    /// <summary>What did I order, how does it stand?</summary>
    Status,
}

/// <summary>What a text means beside what it asks: words that the chat acts on itself. Folded as the index folds
/// (<see cref="QuestionText.Fold"/>). Pure.</summary>
public static partial class Meaning
{
    /// <summary>Marketing is to stop. Not: that it stopped is to be undone, or what somebody ordered.</summary>
    public static bool IsOptOut(string folded) =>
        !AskedBack().IsMatch(folded) && (Stop().IsMatch(folded) || StopEnglish().IsMatch(folded)
        || folded.Split(' ').Any(word => word.Length >= 9 && Nearest.Distance(word, "unsubscribe") <= 2));

    /// <summary>A person is asked for.</summary>
    public static bool WantsPeople(string folded) => Person().IsMatch(folded) || PersonEnglish().IsMatch(folded);

    /// <summary>Somebody is upset, or something went wrong.</summary>
    public static bool IsComplaint(string folded) => Upset().IsMatch(folded) || UpsetEnglish().IsMatch(folded);

    public static bool IsGreeting(string folded) => Hello().IsMatch(folded);

    public static bool IsThanks(string folded) => Thanks().IsMatch(folded);

    /// <summary>Yes, no, I see: nothing to be answered.</summary>
    public static bool IsNod(string folded) => folded.Length == 0 || Nod().IsMatch(folded);

    /// <summary>Null: it is about no order.</summary>
    public static OrderQuestion? AboutOrder(string folded) =>
        Policy().IsMatch(folded) ? null
        : Cancel().IsMatch(folded) || CancelEnglish().IsMatch(folded) ? OrderQuestion.Cancel
        : Receipt().IsMatch(folded) || ReceiptEnglish().IsMatch(folded) ? OrderQuestion.Receipt
        : Address().IsMatch(folded) || AddressEnglish().IsMatch(folded) ? OrderQuestion.Address
        : Arrival().IsMatch(folded) || ArrivalEnglish().IsMatch(folded) ? OrderQuestion.Arrival
        : Status().IsMatch(folded) || StatusEnglish().IsMatch(folded) ? OrderQuestion.Status
        : null;

    /// <summary>The topic of the shop's answer that goes with it.</summary>
    public static string Topic(OrderQuestion question) => question switch
    {
        OrderQuestion.Cancel => "cancel",
        OrderQuestion.Receipt => "receipt",
        OrderQuestion.Address => "address",
        _ => "delivery",
    };

    /// <summary>The question that the shop's answer on a topic belongs to; null: it is about no order.</summary>
    public static OrderQuestion? Question(string? topic) => topic switch
    {
        "cancel" => OrderQuestion.Cancel,
        "receipt" => OrderQuestion.Receipt,
        "address" => OrderQuestion.Address,
        "delivery" => OrderQuestion.Arrival,
        _ => null,
    };

    /// <summary>An order's number as it was written: <c>#1001</c>, 注文番号 1001; null: none was named.</summary>
    public static string? OrderNumber(string text) =>
        NumberNamed().Match(Search.Width.Fold(text)) is { Success: true } named
            ? (named.Groups[1].Success ? named.Groups[1] : named.Groups[2]).Value : null;

    // 再開, 解除の取り消し: they want it back.
    [GeneratedRegex("再開|さいかい|停止.{0,4}(解除|取り消|取消)|また(届|送|配信)|(間違|まちが)って.{0,6}(停止|解除)|注文|定期便|連携")]
    private static partial Regex AskedBack();

    [GeneratedRegex("(配信|はいしん|お?知らせ|案内|広告|宣伝|めるまが|めっせじ|らいん|お?便り|通知).{0,6}"
        + "(停止|ていし|止め|とめ|やめ|辞め|解除|いらない|いりません|不要|送らない|おくらない|こないように|来ないように|けっこう|結構)"
        + "|(停止|解除)(して|願|希望|お願)|^(配信停止|配信解除|停止|解除)$|もう(送ら|おくら)ないで"
        + "|(送って|おくって)(こないで|来ないで|くるな|来るな)")]
    private static partial Regex Stop();

    [GeneratedRegex(@"^(stop|unsubscribe|optout|opt out|cancel subscription)$|\bunsubscribe|\bopt ?out\b"
        + @"|\bstop (sending|messaging|texting|these|the|all)\b.{0,20}(message|mail|ad|offer|me)"
        + @"|\bno more (message|mail|ads?|offers?)")]
    private static partial Regex StopEnglish();

    [GeneratedRegex("(担当者?|人間|おぺれた|すたっふ|店員|店長|責任者|係の(人|方)|中の人).{0,6}"
        + "(話|はなし|つない|繋い|代わ|かわ|替わ|変わ|お願い|おねがい|相談|連絡|聞|出して|答え|だして|対応)"
        + "|(電話|でんわ)(で|して|が)?.{0,4}(話|ほし|欲し|したい|ください|下さい)|有人|^(担当者?|おぺれた|すたっふ|人間)$"
        + "|担当者に相談する|問い?合わせ(たい|ふぉむ)|直接(話|聞|相談)|(?<![友主恋知他本])人(と|に)(話|はな|代わ|替わ|変わ|つな|繋)")]
    private static partial Regex Person();

    [GeneratedRegex(@"\b(talk|speak|chat|connect|transfer)\b.{0,20}\b(human|person|someone|somebody|agent"
        + @"|staff|people|operator|representative)\b"
        + @"|\b(human|real person|live agent|operator|representative)\b|^(agent|staff|human"
        + @"|person)$|\bask a person\b|\bcall me\b")]
    private static partial Regex PersonEnglish();

    [GeneratedRegex("割れ(て|た|まし)|われて(い|た|ま)|壊れ|こわれ|欠け(て|た)|ひび(が|割)|破れ|破損|不良|故障|漏れて|腐|かび|虫が|異物|異臭|髪の毛"
        + "|(違う|ちがう|別の|間違った|まちがった|違った)(もの|物|商品|品|の)が?.{0,6}(届|とど|き|来|入)|間違って(届|とど|入)|(商品|品物|中身"
        + "|袋|箱|説明書|蓋|ふた|一つ|ひとつ|1つ).{0,4}入って(い)?(ない|ません|なかった)"
        + "|(個|枚|数|つ|商品|品物|袋|本|箱)(が|も)?足り(な|ませ)|最悪|さいあく|ひどい|酷い|ひどす|怒|許せ|ふざけ|いい加減|対応が(悪|遅)|詐欺|騙"
        + "|だまさ|くれむ|苦情|訴え|消費者せんた|弁護士"
        + "|返金しろ|返金して|金返|かねかえ|二度と|にどと|がっかり|残念(で|だ|な|す)|不愉快|失礼(だ|な|す)|何度(も|言)|どうなって(る|い|ん|ま)|むかつ")]
    private static partial Regex Upset();

    [GeneratedRegex(@"\b(broken|broke|cracked|damaged|smashed|shattered|defective|leaking|mou?ldy"
        + @"|wrong (item|product|thing|order|tea|one)"
        + @"|missing (item|product)|item is missing|terrible|awful|horrible|worst|unacceptable"
        + @"|furious|angry|disappointed|complain|complaint|scam|fraud"
        + @"|lawyer|refund me|money back|never again|ridiculous)\b")]
    private static partial Regex UpsetEnglish();

    [GeneratedRegex("^((すみませ|すいませ)ん ?)?(こんにち[はわ]|こんばん[はわ]|おはよ(う|うございます)?|はじめまして|初めまして|どうも|もしもし|やあ"
        + "|お世話になって(おり|い)ます|hello|hi|hey|good (morning|evening|afternoon))( *[a-z]*)?$")]
    private static partial Regex Hello();

    [GeneratedRegex("^(はい |わかりました |了解です )?(ありがとう?(ございま(す|した))?|有難う(ございま(す|した))?|有り難う(ございま(す|した))?"
        + "|どうもありがとう(ございま(す|した))?|感謝(です|します)?|助かりました|たすかりました|thanks?( you)?( so much| very much"
        + "| a lot)?|thx|ty|arigato)$")]
    private static partial Regex Thanks();

    [GeneratedRegex("^(はい|いいえ|うん|ううん|ええ|ok|okです|おk|おっけ|了解(です|しました)?|りょうかい|承知(しました|です)?|わかりました|分かりました|なるほど"
        + "|そうですか|そうなんですね|大丈夫です|だいじょうぶです|yes|no|okay|sure|got it|i see|w+|笑)$")]
    private static partial Regex Nod();

    /// <summary>How something is in general, before anything was ordered: the shop's answers say it.</summary>
    [GeneratedRegex("きゃんせる料|返品|へんぴん|交換|送料|海外|(時間|日時|日にち|日付)(の|を)?指定|日時指定|ほてるに|職場|ぷれぜんと|ぎふと|(住所|届け先|送り先)(が"
        + "|は|と)(違|別)|別の(住所|ところ)に(送|届)|入荷|せるは|新茶|営業|休業|返事|ほうそう"
        + "|international|overseas|abroad|ship to [a-z]|return policy|gift")]
    private static partial Regex Policy();

    [GeneratedRegex("きゃんせる|とりけし|取り?消し|(注文|頼んだ|たのんだ).{0,8}(やめ|辞め|止め|とめ|取りや|取り下げ|なしに|無しに)")]
    private static partial Regex Cancel();

    [GeneratedRegex(@"\bcancel")]
    private static partial Regex CancelEnglish();

    [GeneratedRegex("領収(書|証)|りょうしゅうしょ|受領書|れしと|いんぼいす|請求書|納品書|明細書|適格請求")]
    private static partial Regex Receipt();

    [GeneratedRegex(@"\b(receipt|invoice|recipt|reciept)\b")]
    private static partial Regex ReceiptEnglish();

    [GeneratedRegex("(住所|じゅうしょ|届け先|とどけ先|送り先|お届け先|配送先|送付先|宛先|あて先|番地).{0,10}(変|かえ|違|ちが|間違|まちが|直|修正|訂正)"
        + "|(住所|届け先|送り先|配送先)を?間違|引っ?越|ひっこ|転居")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(change|wrong|update|correct|edit|different|fix)\b.{0,30}\b(address|adress"
        + @"|addres)\b|\baddress\b.{0,20}\b(wrong|change)|\bmoved house\b")]
    private static partial Regex AddressEnglish();

    [GeneratedRegex("(いつ|何時|何日|なんにち|いつごろ|いつ頃|何日後|何曜|いつまで).{0,12}(届|とど|着|つく|つき|くる|来る|来ま|きま|発送|出荷|送ら|おくら|配達"
        + "|受け取|もらえ)"
        + "|(届|とど)(いて|か|き|く|け).{0,8}(ない|ませ|なか|いつ|の$)|まだ.{0,12}(届|とど|着か|こない|来ない|来ませ|きませ|発送|出荷)"
        + "|(発送|出荷|配送|配達).{0,6}(いつ|状況|状態|済|した|され|どう|予定|はまだ|まだ|連絡|完了)|荷物.{0,8}(どこ|いつ|追跡|状況|今|は$)"
        + "|(追跡|ついせき|問い合わせ番号|お問い合わせ番号|とらっきんぐ)|届く(日|予定)|到着(日|予定)|お?届け(日|予定日)|もう(発送|出荷|送)")]
    private static partial Regex Arrival();

    [GeneratedRegex(@"\b(where|wheres|when)\b.{0,24}\b(order|package|parcel|delivery|shipment|pakage"
        + @"|shipped|ship|arriv\w*|delivered|deliver|come)\b"
        + @"|\b(has|did|is) (my|the) .{0,16}\b(order|package|parcel|shipment|shipped|arriv\w*"
        + @"|delivered|coming)\b"
        + @"|\b(tracking|track)\b|\bnot (arrived|come|received|delivered)\b|\bhaven t (received"
        + @"|got)\b|\bhasn t (arrived|come|shipped)\b|\bdidn t arrive\b|\bmy (order|package"
        + @"|parcel)\b.{0,20}(arriv|late|ship|come)")]
    private static partial Regex ArrivalEnglish();

    [GeneratedRegex("(注文|ちゅうもん|購入|買い物|おだ).{0,4}(状況|状態|履歴|内容|確認|すてたす|一覧)|(何|なに)を(注文|買|頼)|注文(した|し)(もの|物|商品"
        + "|の).{0,8}(どう|確認|何)"
        + "|注文(でき|は?通|はいって|入って|完了).{0,6}|(わたし|私|僕|自分)の注文|注文(番号)?は?どうなって")]
    private static partial Regex Status();

    [GeneratedRegex(@"\b(status|history|details?)\b.{0,20}\border|\border\b.{0,12}\b(status|history"
        + @"|detail)|\bwhat did i (order|buy)\b|\bmy orders?$|\bcheck my order\b")]
    private static partial Regex StatusEnglish();

    [GeneratedRegex(@"#\s?([A-Za-z]{0,4}-?\d{3,12})|(?:注文番号|オーダー番号|ご注文|注文|order(?:\s+(?:number"
        + @"|no\.?))?)\s*(?:は|:|：|が|の)?\s*[#「]?([A-Za-z]{0,4}-?\d{3,12})", RegexOptions.IgnoreCase)]
    private static partial Regex NumberNamed();
}
