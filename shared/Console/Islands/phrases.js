// The editor's own words in Japanese.
import { isJapanese } from "./words.js";

export const phrases = isJapanese ? {
  "Find": "検索", "Replace": "置換", "next": "次へ", "previous": "前へ", "all": "すべて選択", "match case": "大文字と小文字を区別",
  "by word": "単語単位", "regexp": "正規表現", "replace": "置換", "replace all": "すべて置換", "close": "閉じる",
  "current match": "現在の一致", "replaced $ matches": "$件を置換しました", "replaced match on line $": "$行目を置換しました",
  "on line": "行", "Go to line": "行へ移動", "go": "移動", "Fold line": "たたむ", "Unfold line": "開く",
  "Folded lines": "たたんだ行", "Unfolded lines": "開いた行", "to": "から", "folded code": "たたんだ部分", "unfold": "開く",
  "Completions": "候補", "Diagnostics": "直すところ", "No diagnostics": "直すところはありません",
  "Control character": "制御文字", "Selection deleted": "選択範囲を削除しました",
} : {};
