namespace Automation.Marketing.Answers;

/// <summary>An answer of the shop in all the languages it is written in.</summary>
/// <param name="Main">In the shop's language; where it is not written in that, the first there is. What holds for the
/// answer (topic, days, people) stands there.</param>
/// <param name="Others">In further languages.</param>
public sealed record Answer(AnswerSource Main, IReadOnlyList<AnswerSource> Others)
{
    public string Name => Main.Name;
    public string? Topic => Main.Topic;
    public bool People => Main.People;

    /// <summary>Is it true on this day?</summary>
    public bool HoldsOn(DateOnly day) => !(day < Main.From) && !(day > Main.Until);

    /// <summary>As it is said to who speaks this language; where it is not written in it, as it is.</summary>
    public AnswerSource In(string language) =>
        Others.FirstOrDefault(other => Speaks(other.Language, language)) ?? Main;

    public IEnumerable<AnswerSource> All => [Main, .. Others];

    /// <summary>Files of the same name are one answer.</summary>
    public static IReadOnlyList<Answer> Of(IEnumerable<AnswerSource> sources) =>
    [
        .. sources.GroupBy(source => source.Name, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.OrderBy(one => one.Language, StringComparer.Ordinal).ToList())
            .Select(same => new Answer(same[0], same[1..])),
    ];

    private static bool Speaks(string? written, string language) =>
        written is not null && (written == language || written.Split('-')[0] == language.Split('-')[0]);
}
