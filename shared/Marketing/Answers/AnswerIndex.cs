using Automation.Marketing.Time;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Automation.Marketing.Answers;

/// <summary>The shop's answers and products, found by what customers ask: an index in memory that never changes. Lucene
/// finds who could be meant; how well each fits is reckoned here, from 0 to 1, so that "not well enough" means the same
/// for a shop with ten answers and with five hundred. Safe to use from many threads.</summary>
public sealed class AnswerIndex
{
    private const string Ask = "ask", Title = "title";
    private const int Candidates = 60;

    /// <summary>How much a way to ask counts that is contained in the question, beside a question that is contained in
    /// the way to ask.</summary>
    private const double OfWay = 0.6;

    /// <summary>What no way to ask knows is mostly talk around the question.</summary>
    private const double Unknown = 0.35;

    private readonly IndexSearcher? searcher;
    private readonly IReadOnlyList<Way> ways;
    private readonly IReadOnlyList<(SoldProduct Product, QuestionToken[] Tokens)> products;
    private readonly TokenWeights weights, titles;

    /// <summary>A way to ask, as tokens.</summary>
    private sealed record Way(Answer Answer, QuestionToken[] Tokens);

    public AnswerIndex(IReadOnlyList<Answer> answers, IReadOnlyList<SoldProduct> products)
    {
        Answers = answers;
        ways =
        [
            .. from answer in answers
               from way in answer.All.SelectMany(source => source.Ask).Distinct(StringComparer.Ordinal)
               select new Way(answer, [.. QuestionTokens.Of(QuestionText.Core(way))]),
        ];
        this.products = [.. products.Select(product => (
            product, QuestionTokens.Of(QuestionText.Core(product.Called)).ToArray()))];
        weights = new(ways.Select(way => way.Tokens));
        titles = new(this.products.Select(product => product.Tokens));
        searcher = ways.Count + products.Count == 0 ? null : new(DirectoryReader.Open(Write()));
    }

    public static AnswerIndex Empty { get; } = new([], []);

    public IReadOnlyList<Answer> Answers { get; }

    /// <summary>The answer of this name that is true on the day; null: there is none.</summary>
    public Answer? Find(string name, DateOnly today) =>
        Answers.FirstOrDefault(answer => answer.Name == name && answer.HoldsOn(today));

    /// <summary>The answer with which a topic begins; null: none has it.</summary>
    public Answer? Of(string topic, DateOnly today) =>
        Answers.FirstOrDefault(answer => answer.Topic == topic && answer.HoldsOn(today));

    /// <param name="today">Answers that are not true on this day are not found.</param>
    public Found Search(string question, DateOnly today)
    {
        if (searcher is null) return Found.Nothing;
        var asked = QuestionTokens.Of(QuestionText.Core(question));
        if (asked.Count == 0) return Found.Nothing;
        var named = QuestionTokens.Of(ProductWords.Without(QuestionText.Core(question)));
        return new(
            [.. Ways(asked).Where(hit => hit.Answer.HoldsOn(today))
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Answer.Name, StringComparer.Ordinal)],
            [.. Wares(named).OrderByDescending(hit => hit.Score)
                .ThenBy(hit => hit.Product.Key, StringComparer.Ordinal)]);
    }

    private IEnumerable<AnswerHit> Ways(IReadOnlyList<QuestionToken> asked) =>
        Look(Ask, asked).Select(n => ways[n]).GroupBy(way => way.Answer)
            .Select(same => new AnswerHit(same.Key, same.Max(way => Fit(asked, way.Tokens))));

    private IEnumerable<ProductHit> Wares(IReadOnlyList<QuestionToken> named) => named.Count == 0 ? []
        : Look(Title, named).Select(n => products[n]).Select(one => new ProductHit(
            one.Product, Naming(named, one.Tokens)));

    /// <summary>Which ways to ask, or products, share a token with what is asked; words of letters also with a
    /// typo.</summary>
    private IEnumerable<int> Look(string field, IReadOnlyList<QuestionToken> asked)
    {
        var query = new BooleanQuery();
        foreach (var token in asked.Select(one => one.Text))
        {
            query.Add(new TermQuery(new Term(field, token)), Occur.SHOULD);
            if (QuestionTokens.IsWord(token))
                query.Add(new FuzzyQuery(new Term(field, token), Typos(token), 1), Occur.SHOULD);
        }
        foreach (var hit in searcher!.Search(query, Candidates).ScoreDocs)
            yield return int.Parse(
                searcher.Doc(hit.Doc, Stored).Get(Place), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>How well a question and a way to ask cover each other, by what of them is rare and bears
    /// meaning.</summary>
    private double Fit(IReadOnlyList<QuestionToken> asked, QuestionToken[] way)
    {
        double sharedOfWay = 0, sharedOfAsked = 0, ofAsked = 0;
        foreach (var token in asked)
        {
            var (same, share) = Same(token, way);
            var rarity = same is { } meant ? weights.Of(meant.Text) : weights.Of(token.Text);
            if (same is { } found) sharedOfWay += share * rarity * found.Bears;
            sharedOfAsked += share * rarity * token.Bears;
            ofAsked += token.Bears * (rarity > 0 ? rarity : weights.Mean * Unknown);
        }
        var ofWay = way.Sum(token => weights.Of(token.Text) * token.Bears);
        return ofWay == 0 || ofAsked == 0 ? 0
            : OfWay * Math.Min(1, sharedOfWay / ofWay) + (1 - OfWay) * Math.Min(1, sharedOfAsked / ofAsked);
    }

    /// <summary>How much of what is asked is the product's name; a single pair of letters is chance, unless it is all
    /// of the name.</summary>
    private double Naming(IReadOnlyList<QuestionToken> named, QuestionToken[] title)
    {
        double shared = 0, all = 0;
        var (count, isWord) = (0, false);
        foreach (var token in named)
        {
            var (same, share) = Same(token, title);
            var rarity = same is { } meant ? titles.Of(meant.Text) : titles.Of(token.Text);
            shared += share * rarity * token.Bears;
            all += token.Bears * (rarity > 0 ? rarity : titles.Mean * Half);
            if (share > 0) (count, isWord) = (count + 1, isWord || token.Text.Length > 2);
        }
        return count == 0 || count == 1 && title.Length > 1 && !isWord ? 0 : shared / all;
    }

    /// <summary>Of what is asked about a product, what no product's name knows counts half.</summary>
    private const double Half = 0.5;

    /// <summary>The token of the other side that this one is, and how surely; words of letters may have a
    /// typo.</summary>
    private static (QuestionToken? Same, double Share) Same(QuestionToken token, QuestionToken[] other)
    {
        foreach (var same in other)
            if (same.Text == token.Text) return (same, 1);
        if (!QuestionTokens.IsWord(token.Text)) return (null, 0);
        foreach (var near in other)
            if (near.Text[0] == token.Text[0] && QuestionTokens.IsWord(near.Text)
                && Nearest.Distance(token.Text, near.Text) <= Typos(near.Text)) return (near, WithTypo);
        return (null, 0);
    }

    private const double WithTypo = 0.8;

    private static int Typos(string word) => word.Length >= 8 ? 2 : 1;

    private const string Place = "n";
    private static readonly HashSet<string> Stored = [Place];

    private RAMDirectory Write()
    {
        var directory = new RAMDirectory();
        using var writer = new IndexWriter(
            directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, QuestionTokens.Analyzer));
        for (var n = 0; n < ways.Count; n++) Add(n, Ask, ways[n].Tokens);
        for (var n = 0; n < products.Count; n++) Add(n, Title, products[n].Tokens);
        writer.Commit();
        return directory;

        void Add(int n, string field, QuestionToken[] tokens)
        {
            var document = new Document { new StoredField(Place, $"{n}") };
            foreach (var token in tokens) document.Add(new StringField(field, token.Text, Field.Store.NO));
            writer.AddDocument(document);
        }
    }
}

/// <summary>How much a token tells: the rarer, the more.</summary>
internal sealed class TokenWeights
{
    private readonly Dictionary<string, double> weights;

    public TokenWeights(IEnumerable<QuestionToken[]> texts)
    {
        var (count, seen) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var text in texts)
        {
            count++;
            foreach (var token in text) seen[token.Text] = seen.GetValueOrDefault(token.Text) + 1;
        }
        weights = seen.ToDictionary(
            token => token.Key, token => Math.Log(1 + (count + 1) / (token.Value + 0.5)), StringComparer.Ordinal);
        Mean = weights.Count > 0 ? weights.Values.Average() : 0;
    }

    public double Mean { get; }

    /// <summary>0: nothing knows it.</summary>
    public double Of(string token) => weights.GetValueOrDefault(token);
}

/// <summary>What is asked about a product: its price, whether there are any. Pure.</summary>
public static class ProductWords
{
    private static readonly string[] Price = ["おいくら", "いくら", "値段", "ねだん", "価格", "何円", "なんえん"];
    private static readonly string[] Stock =
        ["在庫", "ざいこ", "売り切れ", "売切れ", "品切れ", "うりきれ", "入荷", "再販", "残ってい", "まだあり", "まだある", "ありま", "買え", "購入"];
    private static readonly string[] Around = ["欲しい", "ほしい", "探して", "商品", "って", "という", "は", "が", "を", "の", "も"];
    private static readonly HashSet<string> English = new(StringComparer.Ordinal)
    {
        "price", "cost", "much", "how", "stock", "sold", "out", "available", "buy", "still", "product", "what", "sell",
    };

    public static bool AsksPrice(string folded) =>
        Has(folded, Price) || Words(folded).Any(word => word is "price" or "cost" or "much");

    public static bool AsksStock(string folded) =>
        Has(folded, Stock) || Words(folded).Any(word => word is "stock" or "sold" or "available");

    /// <summary>What is left of a question when these words are taken away: the product, if it names one.</summary>
    internal static string Without(string core)
    {
        foreach (var word in Price.Concat(Stock).Concat(Around.Where(word => word.Length > 1)))
            core = core.Replace(word, " ", StringComparison.Ordinal);
        return string.Join(' ', Words(core).Where(word => !English.Contains(word))
            .Select(word => Around.Any(small => small.Length == 1 && word.Length > 2
                && word.EndsWith(small, StringComparison.Ordinal)) ? word[..^1] : word));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Has(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.Ordinal));
}
