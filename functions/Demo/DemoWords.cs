namespace Automation.Functions.Demo;

/// <summary>What the imagined shop's customers are called, and what it sells.</summary>
internal static class DemoWords
{
    /// <summary>Family names with their reading.</summary>
    public static readonly (string Kanji, string Reading)[] Families =
    [
        ("佐藤", "sato"), ("鈴木", "suzuki"), ("高橋", "takahashi"), ("田中", "tanaka"), ("伊藤", "ito"), ("渡辺", "watanabe"),
        ("山本", "yamamoto"), ("中村", "nakamura"), ("小林", "kobayashi"), ("加藤", "kato"), ("吉田", "yoshida"),
        ("山田", "yamada"), ("佐々木", "sasaki"), ("山口", "yamaguchi"), ("松本", "matsumoto"), ("井上", "inoue"),
        ("木村", "kimura"), ("林", "hayashi"), ("斎藤", "saito"), ("清水", "shimizu"), ("山崎", "yamazaki"), ("森", "mori"),
        ("池田", "ikeda"), ("橋本", "hashimoto"), ("阿部", "abe"), ("石川", "ishikawa"), ("前田", "maeda"), ("藤田", "fujita"),
        ("後藤", "goto"), ("小川", "ogawa"), ("岡田", "okada"), ("長谷川", "hasegawa"), ("村上", "murakami"),
    ];

    /// <summary>Given names with their reading.</summary>
    public static readonly (string Kanji, string Reading)[] Given =
    [
        ("陽子", "yoko"), ("美咲", "misaki"), ("恵", "megumi"), ("直子", "naoko"), ("由美", "yumi"), ("香織", "kaori"),
        ("真理", "mari"), ("裕子", "yuko"), ("久美子", "kumiko"), ("千夏", "chinatsu"), ("葵", "aoi"), ("結衣", "yui"),
        ("健一", "kenichi"), ("誠", "makoto"), ("大輔", "daisuke"), ("翔", "sho"), ("隆", "takashi"), ("和也", "kazuya"),
        ("浩二", "koji"), ("悠斗", "yuto"), ("さくら", "sakura"), ("つばさ", "tsubasa"), ("明日香", "asuka"), ("文子", "fumiko"),
    ];

    /// <summary>Products: id, title, price, and how often it is taken.</summary>
    public static readonly (string Id, string Title, decimal Price, int Weight)[] Products =
    [
        ("hojicha-takibi", "ほうじ茶「焚き火」 100g", 1296m, 24), ("sencha-asatsuyu", "煎茶「朝露」 100g", 1620m, 22),
        ("genmaicha", "玄米茶 200g", 972m, 16), ("matcha-30", "抹茶 30g", 2160m, 9), ("gyokuro", "玉露 50g", 3240m, 5),
        ("wakocha", "和紅茶 80g", 1404m, 10), ("kyusu-kuro", "黒の急須", 6480m, 4), ("yunomi-pair", "湯呑 ふたつ組", 4320m, 4),
        ("chasen", "茶筅", 2700m, 2), ("dashi-tea", "だし茶漬け 5食", 1080m, 8), ("mizudashi", "水出し煎茶 10包", 1188m, 10),
        ("tenugui", "てぬぐい「月」", 1540m, 3),
    ];
}
