using Automation.Marketing.Files;

namespace Automation.Marketing.Mails;

/// <summary>Finds the blanks of a passage. What other templates of this kind can do and a mail has no use for
/// (partials, raw output, subexpressions) is refused here.</summary>
public static class PlaceholderScan
{
    public static List<Placeholder> Find(MailSource source, Passage passage, List<Problem> problems)
    {
        var found = new List<Placeholder>();
        var text = passage.Text;
        for (var at = 0; (at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            var offset = passage.Offset + at;
            var raw = text.AsSpan(at).StartsWith("{{{");
            var comment = text.AsSpan(at).StartsWith("{{!--");
            var close = text.IndexOf(comment ? "--}}" : "}}", at + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                problems.Add(source.Problem(offset, "this blank is not closed", "}}"));
                return found;
            }
            var end = close + (comment ? 4 : 2);
            if (raw) problems.Add(source.Problem(offset, "{{{ }}} writes unescaped HTML and is refused", "{{ }}"));
            else if (Read(source, offset, text[(at + 2)..close], end - at, problems) is { } blank) found.Add(blank);
            at = raw && end < text.Length && text[end] == '}' ? end + 1 : end;
        }
        return found;
    }

    private static Placeholder? Read(MailSource source, int offset, string inside, int length, List<Problem> problems)
    {
        if (inside.StartsWith('!')) return new(offset, length, BlankKind.Comment, []);
        var sign = inside.Length > 0 && inside[0] is '#' or '/' or '>' or '&' or '^' or '~' or '*' ? inside[0] : ' ';
        if (sign is '>' or '&' or '^' or '~' or '*')
        {
            problems.Add(source.Problem(
                offset, $"{{{{{sign} … }}}} is not part of a mail's language", sign == '^' ? "{{else}}" : null));
            return null;
        }
        var words = Words(source, offset + 2 + (sign == ' ' ? 0 : 1), sign == ' ' ? inside : inside[1..], problems);
        if (words is null) return null;
        if (words.Count == 0) problems.Add(source.Problem(offset, "this blank has no name"));
        else if (sign == '/') return new(offset, length, BlankKind.End, words);
        else if (sign == '#') return Block(source, offset, length, words, problems);
        else if (words is [{ Text: "else", IsLiteral: false }]) return new(offset, length, BlankKind.Else, []);
        else if (words[0] is { Text: "else", IsLiteral: false })
            problems.Add(source.Problem(offset, "{{else …}} stands alone", "{{else}}{{#if …}}…{{/if}}"));
        else return new(offset, length, BlankKind.Value, words);
        return null;
    }

    private static Placeholder? Block(
        MailSource source, int offset, int length, List<Word> words, List<Problem> problems)
    {
        BlankKind? kind = words[0].Text switch
        {
            "if" => BlankKind.If,
            "unless" => BlankKind.Unless,
            "each" => BlankKind.Each,
            _ => null
        };
        if (kind is null) problems.Add(source.Problem(offset, $"unknown block \"#{words[0].Text}\"",
            Time.Nearest.To(words[0].Text, ["if", "unless", "each"]) is { } near
                ? $"{{{{#{near} …}}}}" : "{{#if …}}, {{#unless …}} or {{#each …}}"));
        else if (words is not [_, { IsLiteral: false }]) problems.Add(source.Problem(
            offset, $"{{{{#{words[0].Text}}}}} takes one name", $"{{{{#{words[0].Text} customer.familyName}}}}"));
        else return new(offset, length, kind.Value, words[1..]);
        return null;
    }

    private static List<Word>? Words(MailSource source, int offset, string inside, List<Problem> problems)
    {
        var words = new List<Word>();
        for (var at = 0; at < inside.Length;)
        {
            if (char.IsWhiteSpace(inside[at]))
            {
                at++;
                continue;
            }
            var quote = inside[at] is '"' or '\'' ? inside[at] : ' ';
            var end = quote == ' ' ? at : inside.IndexOf(quote, at + 1);
            if (quote == ' ') while (end < inside.Length && !char.IsWhiteSpace(inside[end])) end++;
            if (end < 0 || inside[at] == '(' || inside.AsSpan(at, end - at).Contains('=') && quote == ' ')
            {
                problems.Add(source.Problem(offset + at,
                    end < 0 ? "this text is not closed by a quote" : "a blank holds names and texts in quotes only"));
                return null;
            }
            words.Add(quote == ' ' ? new(offset + at, inside[at..end], char.IsAsciiDigit(inside[at]))
                : new(offset + at, inside[(at + 1)..end], true));
            at = quote == ' ' ? end : end + 1;
        }
        return words;
    }
}
