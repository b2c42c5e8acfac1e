using Automation.Marketing.Answers;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Publishing;

/// <summary>The answers of a shop folder, and the scenarios of its chat.</summary>
public static class AnswerFiles
{
    /// <param name="Name">Its path in shop/answers, without its ending.</param>
    internal sealed record Checked(string Name, AnswerSource? Source, IReadOnlyList<Problem> Problems);

    /// <param name="files">By name.</param>
    internal static IReadOnlyList<Checked> Check(IReadOnlyDictionary<string, string> files) =>
        [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => Check(file.Key, file.Value, files))];

    private static Checked Check(string name, string file, IReadOnlyDictionary<string, string> files)
    {
        var unread = new List<Problem>();
        if (ShopFolder.Text(file, unread) is not { } text) return new(name, null, unread);
        var (source, problems) = AnswerSource.Parse(name, text);
        if (source is { Language: not null } && files.ContainsKey(source.Name)
            && (source.Topic is not null || source.From is not null || source.Until is not null || source.People))
            problems = [new(file, 1, 1,
                $"topic, from, until and people hold for the answer in every language: say them in {source.Name}.md")];
        return new(
            name, problems.Count == 0 ? source : null, [.. problems.Select(problem => problem with { File = file })]);
    }

    /// <summary>The answers that are right and the products of shop.json, to be asked.</summary>
    public static AnswerIndex Index(ShopContents contents, ShopSettings shop) => new(
        Answer.Of(Check(contents.Answers).Select(one => one.Source).OfType<AnswerSource>()), SoldProduct.Of(shop, []));
}
