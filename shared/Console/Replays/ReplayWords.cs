using Automation.Marketing.Replays;

namespace Automation.Console.Replays;

/// <summary>A replay in words.</summary>
public static class ReplayWords
{
    public static string Of(ReplayStage stage, Language say) => stage switch
    {
        ReplayStage.Reading => say["過去のデータを読み込み中", "reading the past"],
        ReplayStage.Published => say["公開中の設定で再現中", "playing the shop as it is published"],
        ReplayStage.Draft => say["下書きで再現中", "playing the draft"],
        ReplayStage.Done => say["完了", "done"],
        ReplayStage.Cancelled => say["中止しました", "called off"],
        ReplayStage.CutOff => say["途中で終わりました", "cut off"],
        _ => say["失敗しました", "failed"],
    };

    public static string? Style(ReplayStage stage) => stage switch
    {
        ReplayStage.Done => "good",
        ReplayStage.Cancelled or ReplayStage.CutOff => "warn",
        ReplayStage.Failed => "bad",
        _ => null,
    };

    /// <summary>What to do where there is no result.</summary>
    public static string? Instead(Replay replay, Language say) => replay.Stage switch
    {
        ReplayStage.Cancelled => say["結果はありません。もう一度始められます。", "There is no result. Begin again whenever you like."],
        ReplayStage.CutOff => say[
            "プログラムが再起動したため、再現は途中で終わりました。結果はありません。もう一度始めてください。",
            "The program was restarted while this was played. There is no result: begin again."],
        ReplayStage.Failed => say[
            $"再現できませんでした: {replay.Because}", $"It could not be played: {replay.Because}"],
        _ => null,
    };

    /// <summary>Which refusal was met.</summary>
    public static string? Refusal(string? refusal, Language say) => refusal switch
    {
        "days" => say["日数は1から365までの数で入力してください。", "Days are a number from 1 to 365."],
        "busy" => say[
            "ほかの再現が進行中です。終わるのを待つか、中止してから始めてください。",
            "Another replay is being played. Wait for it, or call it off."],
        "file" => say["そのファイルは下書きにできません。", "That file cannot be drafted here."],
        "size" => say["下書きが長すぎます。", "The draft is too long."],
        _ => null,
    };

    /// <summary>A mail of a journey: <c>second-purchase · how-is-it</c>.</summary>
    public static (string Journey, string Mail) Mail(string key) =>
        key.Split('|', 2) is [var journey, var mail] ? (journey, mail) : ("", key);
}
