using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Mails;

/// <summary>A mail that goes to many: what is the same for everybody is made once and carries a tag wherever something
/// of the customer's goes; filling it makes only those values. Tags replaced by values are, byte for byte, what
/// <see cref="MailTemplate.Render"/> makes.</summary>
public sealed class SharedPage
{
    private readonly List<Slot> slots = [];
    private readonly string seed;
    private readonly string? language;
    private readonly FrozenSet<string> wanted;
    private readonly ConditionalWeakTable<Suggestion, Dictionary<string, object?>> told = [];

    /// <summary>Where a tag stands: what it is made of, and for which part of the mail.</summary>
    private sealed record Slot(string Key, IReadOnlyList<TemplateNode> Parts, bool IsHtml, bool IsLine);

    private SharedPage(MailTemplate template, ShopSettings shop, Purpose purpose, string seed)
    {
        (this.seed, Purpose, language) = (seed, purpose, template.Source.Language);
        var model = MailModel.Of(
            new Situation { Customer = new Customer { Id = new(new string('0', 24)) }, Shop = shop, Now = default },
            purpose, null, language: language);
        Subject = Line(template.Subject, model);
        Html = Shared(template.Html, model, isHtml: true);
        Text = Shared(template.Text, model, isHtml: false);
        wanted = slots.SelectMany(slot => TemplateNode.Looked(slot.Parts)).ToFrozenSet();
        Tags = [.. slots.Select((_, n) => Tag(n))];
    }

    /// <summary>Letters nobody can foresee; no hexadecimal digits, or a tag in an address would read as a
    /// %-escape.</summary>
    public static string Seed() => RandomNumberGenerator.GetString("ghijklmnopqrstuvwxyz", 14);

    /// <param name="seed">Makes the tags' names such that no customer's data can hold one (<see cref="Seed"/>); the
    /// same seed, the same page.</param>
    /// <exception cref="MissingValueException">The shop lacks something the mail needs.</exception>
    public static SharedPage Of(MailTemplate template, ShopSettings shop, Purpose purpose, string seed) =>
        new(template, shop, purpose, seed);

    public Purpose Purpose { get; }
    public string Subject { get; }
    public string Html { get; }
    public string Text { get; }

    /// <summary>What stands for the values, in their order.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Writes a customer's values one after another; their ends (as lengths of the ink) go to
    /// <paramref name="ends"/>.</summary>
    /// <exception cref="MissingValueException">A blank has no value for this customer.</exception>
    public void Fill(Situation situation, string? unsubscribeUrl, Utf8Buffer ink, Span<int> ends)
    {
        var model = MailModel.Of(situation, Purpose, unsubscribeUrl, wanted, told, language);
        for (var n = 0; n < slots.Count; n++)
        {
            var (slot, begin) = (slots[n], ink.Length);
            new PageFilling(model, slot.IsHtml, ink) { SharesEntries = true }.Write(slot.Parts);
            if (slot.IsLine)
            {
                var line = MailTemplate.Line(Encoding.UTF8.GetString(ink.Written[begin..]));
                ink.CutTo(begin);
                ink.Write(line);
            }
            ends[n] = ink.Length;
        }
    }

    /// <summary>A list of the shop's, whose entries say nothing of the customer.</summary>
    private static bool IsWhollyShared(TemplateNode.Block each) => each.Entries is not null
        && TemplateNode.Looked([.. each.Then, .. each.Else]).All(name =>
            name is "shop" || name.StartsWith("shop.", StringComparison.Ordinal));

    private string Tag(int n) => string.Create(CultureInfo.InvariantCulture, $"%{seed}-{n}%");

    /// <summary>Subjects are one line, whatever values bring: a subject of the customer's own is one value.</summary>
    private string Line(IReadOnlyList<TemplateNode> parts, Dictionary<string, object?> model)
    {
        if (parts.All(part => part is TemplateNode.Literal or TemplateNode.Value { Path.IsShared: true }))
            return MailTemplate.Line(Shared(parts, model, isHtml: false));
        slots.Add(new("subject", parts, IsHtml: false, IsLine: true));
        return Tag(slots.Count - 1);
    }

    private string Shared(IReadOnlyList<TemplateNode> parts, Dictionary<string, object?> model, bool isHtml)
    {
        var page = new StringBuilder();
        Write(parts);
        return page.ToString();

        void Write(IReadOnlyList<TemplateNode> parts)
        {
            foreach (var part in parts)
                switch (part)
                {
                    case TemplateNode.Literal literal: page.Append(literal.Text); break;
                    case TemplateNode.Value { Path.IsShared: true } value: page.Append(Once(value)); break;
                    case TemplateNode.Block { Path.IsShared: true, Word: "each" } each when IsWhollyShared(each):
                        page.Append(Once(each));
                        break;
                    case TemplateNode.Block { Path.IsShared: true, Word: not "each" } block:
                        Write(PageFilling.Branch(
                        block, model, null)); break;
                    case TemplateNode.Value value: page.Append(Tag(Find(value.Source, value))); break;
                    case TemplateNode.Block block: page.Append(Tag(Find(block.Source, block))); break;
                }
        }

        string Once(TemplateNode part)
        {
            var ink = new Utf8Buffer();
            new PageFilling(model, isHtml, ink).Write([part]);
            return Encoding.UTF8.GetString(ink.Written);
        }

        int Find(string source, TemplateNode part)
        {
            var key = $"{(isHtml ? "html" : "text")} {source}";
            var known = slots.FindIndex(slot => slot.Key == key);
            if (known >= 0) return known;
            slots.Add(new(key, [part], isHtml, IsLine: false));
            return slots.Count - 1;
        }
    }
}
