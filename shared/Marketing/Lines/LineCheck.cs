using Automation.Marketing.Mails;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Lines;

/// <summary>What is found before a LINE text is published: it is rendered for every kind of customer it may meet, and
/// what comes out is what LINE takes.</summary>
public static class LineCheck
{
    /// <summary>Problems of a text used by a journey of this purpose.</summary>
    public static IReadOnlyList<Problem> Check(
        LineTemplate template, ShopSettings shop, IEnumerable<Sample> samples, Purpose purpose)
    {
        var (source, found) = (template.Source.Written, new List<Problem>());
        if (source.Purpose == Purpose.Transactional && purpose == Purpose.Marketing)
            found.Add(source.Problem(
                0, "the text says it is transactional, the journey that sends it is marketing", "purpose: marketing"));
        found.AddRange(MailCheck.Undeclared(source, template.Placeholders, shop));
        var tried = samples.ToList();
        found.AddRange(MailCheck.NotCarried(source, template.Placeholders, shop, tried));
        foreach (var (who, situation) in tried)
            if (Wrong(template, who, situation, source.PurposeIn(purpose)) is { } problem && !found.Exists(known =>
                (known.Line, known.Column) == (problem.Line, problem.Column))) found.Add(problem);
        return found;
    }

    private static Problem? Wrong(LineTemplate template, string who, Situation situation, Purpose purpose)
    {
        var source = template.Source.Written;
        try
        {
            template.Render(
                situation with { LinkUrl = "https://shop.example/line/link/sample" }, purpose,
                "https://shop.example/u/sample");
            return null;
        }
        catch (MissingValueException missing)
        {
            var use = template.Placeholders.FirstOrDefault(use => use.IsNeeded
                && (use.Name == missing.Name || missing.Name.StartsWith($"{use.Name} as ", StringComparison.Ordinal)));
            return source.Problem(use?.Placeholder.Offset ?? source.Body.Offset, $"{missing.Message} for {who}",
                use is null ? null
                    : $"{{{{#if {use.Name}}}}}…{{{{/if}}}} around it, or {{{{default {use.Name} \"…\"}}}}");
        }
        catch (LineShapeException shape)
        {
            var near = shape.Near.Length == 0 ? -1 : source.Text.IndexOf(shape.Near, StringComparison.Ordinal);
            return source.Problem(near < 0 ? source.Body.Offset : near, shape.Message);
        }
    }
}
