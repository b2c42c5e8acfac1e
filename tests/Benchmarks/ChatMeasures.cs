using System.Diagnostics;
using System.Globalization;
using Automation.Marketing.Answers;
using Automation.Marketing.Chat;
using Automation.Marketing.Shop;

namespace Automation.Benchmarks;

/// <summary>How long the chat thinks: a question looked up among 500 answers and 5,000 products, and decided.</summary>
internal static class ChatMeasures
{
    private const int Answers = 500, Products = 5_000, Ways = 8, Questions = 4_000;

    private static readonly string[] Things =
    [
        "送料", "返品", "交換", "領収書", "急須", "湯のみ", "茶筒", "煎茶", "ほうじ茶", "玉露", "抹茶", "玄米茶", "紅茶", "平茶碗", "土瓶", "茶托",
        "クーポン", "ポイント", "ギフト包装", "のし", "定期便", "会員登録", "パスワード", "配送日", "時間指定", "支払い方法", "コンビニ払い", "銀行振込",
        "ワークショップ", "在庫", "再入荷", "保存方法", "賞味期限", "カフェイン", "産地", "農薬", "電子レンジ", "食洗機", "粉引", "貫入",
    ];

    private static readonly string[] Asked =
        ["について知りたい", "はどうすればいいですか", "はいくらですか", "はありますか", "の方法を教えてください", "ができません", "を変更したい", "の期限"];

    private static readonly string[] Said = ["すみません、", "", "こんばんは。", "先日注文した者ですが、"];

    public static void Run()
    {
        var random = new Random(1);
        var build = Stopwatch.StartNew();
        var index = new AnswerIndex(
            Answer.Of(Enumerable.Range(0, Answers).Select(n => Source(n, random))),
            [.. Enumerable.Range(0, Products).Select(n => new SoldProduct
            {
                Key = $"shop:{n}",
                Title = $"{Word(random)}の{Word(random)} {Name(n)}",
                Price = 1000 + n,
                Currency = "JPY",
                Url = null,
                IsOwn = true,
            })]);
        var made = build.Elapsed;
        var shop = new ShopSettings
        {
            Name = "店",
            PostalAddress = "静岡県",
            Contact = new("a@example.jp"),
            TimeZone = "Asia/Tokyo",
            Chat = new ChatSettings(),
        };
        for (var n = 0; n < Questions / 4; n++) Ask(index, shop, Question(random));
        var times = new double[Questions];
        for (var n = 0; n < Questions; n++)
        {
            var question = Question(random);
            var begin = Stopwatch.GetTimestamp();
            Ask(index, shop, question);
            times[n] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
        Array.Sort(times);
        System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"chat: {Answers} answers ({Answers * Ways} ways to ask), {Products} products; index made in "
            + $"{made.TotalSeconds:0.00} s; "
            + $"a question p50 {At(0.5):0.00} ms, p95 {At(0.95):0.00} ms, p99 {At(0.99):0.00} ms"));

        double At(double share) => times[(int)(share * (Questions - 1))];
    }

    private static void Ask(AnswerIndex index, ShopSettings shop, string question)
    {
        var today = new DateOnly(2026, 6, 1);
        ChatRules.Decide(new Utterance.Words(question), new Known
        {
            Shop = shop,
            Now = new(2026, 6, 1, 2, 0, 0, TimeSpan.Zero),
            Asker = new Asker.Stranger(),
            State = ConversationState.New,
            Found = index.Search(question, today),
            Answer = name => index.Find(name, today),
            Topic = topic => index.Of(topic, today),
        });
    }

    private static AnswerSource Source(int n, Random random) => new()
    {
        Name = $"answer-{n}",
        File = $"answers/answer-{n}.md",
        Text = "",
        Ask = [.. Enumerable.Range(0, Ways).Select(
            _ => $"{Word(random)}の{Word(random)}{Asked[random.Next(Asked.Length)]}")],
        Said = $"答え {n}",
    };

    private static string Question(Random random) =>
        $"{Said[random.Next(Said.Length)]}{Word(random)}の{Word(random)}{Asked[random.Next(Asked.Length)]}";

    private static string Word(Random random) => Things[random.Next(Things.Length)];

    /// <summary>As potters name their pieces: two letters of a kind each.</summary>
    private static string Name(int n) => $"「{(char)('一' + n % 700)}{(char)('丁' + n / 7)}」";
}
