using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Automation.Marketing.Mails;

/// <summary>What is found before a mail is published: it is rendered for every kind of customer it may meet.</summary>
public static class MailCheck
{
    /// <summary>Problems of a mail used by a journey of this purpose; none: it can be rendered for all the
    /// samples.</summary>
    public static IReadOnlyList<Problem> Check(
        MailSource source, ShopSettings shop, IEnumerable<Sample> samples, Purpose purpose)
    {
        var (template, problems) = MailTemplate.Compile(source);
        return template is null ? problems : Check(template, shop, samples, purpose);
    }

    /// <summary>Problems of a mail that could be read.</summary>
    public static IReadOnlyList<Problem> Check(
        MailTemplate template, ShopSettings shop, IEnumerable<Sample> samples, Purpose purpose)
    {
        var (source, found) = (template.Source, new List<Problem>());
        // A mail may ask for consent where its journey need not (the second mail after an order), never the other way
        // round.
        if (source.Purpose == Purpose.Transactional && purpose == Purpose.Marketing)
            found.Add(source.Problem(
                0, "the mail says it is transactional, the journey that sends it is marketing", "purpose: marketing"));
        found.AddRange(DeadLinks(source, shop));
        found.AddRange(Lacking(template, shop));
        if (source.Language is { } language && !MailWords.Knows(shop, language)) return found;
        found.AddRange(Undeclared(source, template.Placeholders, shop));
        var tried = samples.ToList();
        found.AddRange(NotCarried(source, template.Placeholders, shop, tried));
        foreach (var (who, situation) in tried)
            if (Missing(template, who, situation, source.PurposeIn(purpose)) is { } problem && !found.Exists(known =>
                (known.File, known.Line, known.Column) == (problem.File, problem.Line, problem.Column)))
                found.Add(problem);
        return found;
    }

    internal static IEnumerable<Problem> Undeclared(
        MailSource source, IEnumerable<PlaceholderUse> blanks, ShopSettings shop)
    {
        const string Prefix = "customer.attributes.";
        foreach (var use in blanks)
            if (use.Path is not null && use.Name.StartsWith(Prefix, StringComparison.Ordinal)
                && use.Name[Prefix.Length..] is var name && !shop.Attributes.ContainsKey(name))
                yield return source.Problem(use.Placeholder.Offset,
                    $"the attribute \"{name}\" is not declared in shop.json",
                    Time.Nearest.To(use.Name, shop.Attributes.Keys.Select(known => Prefix + known)));
    }

    /// <summary>What the event that began the journey never carries. What only another event carries may stand where
    /// it was asked for: a journey may begin by any of several.</summary>
    internal static IEnumerable<Problem> NotCarried(
        MailSource source, IReadOnlyList<PlaceholderUse> blanks, ShopSettings shop, IReadOnlyList<Sample> samples)
    {
        if (samples is not [{ Situation.Event.Type: var type }, ..]) yield break;
        foreach (var (at, use) in blanks.Index())
            if (use.IsNeeded && use.Path is not null
                && use.Name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal)
                && use.Name[Fields.EventPrefix.Length..] is var name and not ("at" or "type")
                && EventFields.Declared(type, name, shop) is null
                && !(IsAskedFor(blanks, at) && EventFields.Find(name, shop, null) is not null))
                yield return source.Problem(use.Placeholder.Offset,
                    $"{type} carries no \"{name}\" (eventData in shop.json says what the shop's own events carry)",
                    Time.Nearest.To(name, EventFields.Names(type, shop)) is { } near ? $"event.{near}" : null);
    }

    /// <summary>Does it stand where an <c>if</c> found it?</summary>
    private static bool IsAskedFor(IReadOnlyList<PlaceholderUse> blanks, int at) => blanks.Take(at).Any(one =>
        one.Placeholder.Kind == BlankKind.If && one.Name == blanks[at].Name && one.Partner > at);

    /// <summary>Links and pictures whose address is written out and leads nowhere from a mail: <c>/notes</c>,
    /// <c>javascript:</c>, nothing at all.</summary>
    private static IEnumerable<Problem> DeadLinks(MailSource source, ShopSettings shop)
    {
        var pass = new PlaceholderPass();
        foreach (var link in MailMarkdown.Parse(pass.Mark(source, source.Body, [])).Descendants<LinkInline>())
        {
            var url = link.Url ?? "";
            if (url.StartsWith(PlaceholderPass.Value)
                && pass.BlankAt(url, 0) is { Filter: "default", Argument: { } other } blankWithDefault
                && !ValueFormat.IsLink(other))
            {
                yield return source.Problem(blankWithDefault.Placeholder.Offset,
                    $"\"{other}\" leads nowhere from a mail; links read \"https://…\", \"mailto:…\", \"tel:…\"",
                    $"{{{{default {blankWithDefault.Name} \"https://…\"}}}}");
                continue;
            }
            var own = link.IsImage ? MailPictures.Own(url) : null;
            if (own is not null && shop.Pictures.ContainsKey(own)) continue;
            if (url.IndexOfAny([PlaceholderPass.Value, PlaceholderPass.Tag]) is var blank
                && (blank == 0 || ValueFormat.IsLink(blank < 0 ? url : $"{url[..blank]}0"))) continue;
            var written = blank < 0 ? url : url[..blank];
            var at = source.Body.Text.IndexOf($"]({written}", StringComparison.Ordinal) is var inLine and >= 0
                ? inLine + 2 : Math.Max(0, source.Body.Text.IndexOf(written, StringComparison.Ordinal));
            if (own is not null)
                yield return source.Problem(source.Body.Offset + at, $"there is no picture \"{url}\"",
                    Time.Nearest.To(own, shop.Pictures.Keys) is { } near ? ShopPictures.Folder + near : null);
            else yield return source.Problem(source.Body.Offset + at,
                $"\"{written}\" leads nowhere from a mail; links read \"https://…\", \"mailto:…\", \"tel:…\"");
        }
    }

    /// <summary>What the mail's blocks and its language want of shop.json.</summary>
    private static IEnumerable<Problem> Lacking(MailTemplate template, ShopSettings shop)
    {
        var (source, known) = (template.Source, ShopModel.All(shop).Select(product => product.Id).ToList());
        if (source.Language is { } language && !MailWords.Knows(shop, language))
            yield return source.Problem(0, $"there are no words for mails in {language}: \"languages\" in shop.json",
                Time.Nearest.To(language, MailWords.Known(shop)));
        foreach (var (block, at) in template.Parts)
        {
            if (block is MailBlock.Social && shop.Brand.Social.Count == 0)
                yield return source.Problem(
                    at, "there is nowhere else to lead to: \"social\" of \"brand\" in shop.json");
            foreach (var id in (block as MailBlock.Products)?.Ids.Except(known) ?? [])
                yield return source.Problem(at,
                    $"shop.json has no product \"{id}\" under \"products\" or \"recommend\"",
                    Time.Nearest.To(id, known));
        }
    }

    private static Problem? Missing(MailTemplate template, string who, Situation situation, Purpose purpose)
    {
        try
        {
            template.Render(situation, purpose, "https://shop.example/u/sample");
            return null;
        }
        catch (MissingValueException missing)
        {
            var uses = template.Placeholders.Where(use => use.Name == missing.Name
                || missing.Name.StartsWith($"{use.Name} as ", StringComparison.Ordinal)).ToList();
            if (uses.Find(use => use.IsNeeded) is { } needed)
                return template.Source.Problem(needed.Placeholder.Offset, $"{missing.Message} for {who}",
                    $"{{{{#if {needed.Name}}}}}…{{{{/if}}}} around it, or {{{{default {needed.Name} \"…\"}}}}");
            // A default that stands for what is not known says nothing of a value that is not an address.
            return uses.Find(use => use.Filter == "default") is { } link
                ? template.Source.Problem(link.Placeholder.Offset, $"{missing.Message} for {who}",
                    "a blank that holds an address: order.lines and suggestions have {{url}}")
                : new("shop.json", 1, 1, $"every mail needs {missing.Name}");
        }
    }
}
