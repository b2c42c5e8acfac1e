using System.Text;

namespace Automation.Functions.Tests.Bicep;

/// <summary>Bicep text to tokens: words, numbers, texts with what is interpolated, marks; comments are gone, line ends stay.</summary>
public sealed class Tokenizer
{
    private const string Closing = ")]}";
    private static readonly string[] Marks = ["=>", "==", "!=", "<=", ">=", "&&", "||", "??", ".?", "::"];
    private readonly string text;
    private int at;
    private int line = 1;

    private Tokenizer(string text) => this.text = text;

    public static IReadOnlyList<Token> Read(string text)
    {
        var tokenizer = new Tokenizer(text);
        List<Token> tokens = [];
        tokenizer.Until(tokens, '\0');
        tokens.Add(new Token(TokenKind.NewLine, "", tokenizer.line));
        tokens.Add(new Token(TokenKind.End, "", tokenizer.line));
        return tokens;
    }

    /// <summary>Reads up to the end of the file, or inside a text up to the brace that ends the interpolation.</summary>
    private void Until(List<Token> tokens, char end)
    {
        Stack<(char Closes, int Line)> open = new();
        while (at < text.Length)
        {
            var c = text[at];
            if (c == end && open.Count == 0) return;
            if (c == '\n') { tokens.Add(new Token(TokenKind.NewLine, "", line++)); at++; }
            else if (char.IsWhiteSpace(c)) at++;
            else if (Ahead("//")) while (at < text.Length && text[at] != '\n') at++;
            else if (Ahead("/*")) SkipComment();
            else if (Ahead("'''")) tokens.Add(ManyLines());
            else if (c == '\'') tokens.Add(Quoted());
            else if (char.IsLetter(c) || c == '_') tokens.Add(new Token(TokenKind.Word, While(l => char.IsLetterOrDigit(l) || l == '_'), line));
            else if (char.IsDigit(c)) tokens.Add(new Token(TokenKind.Number, While(char.IsDigit), line));
            else tokens.Add(Mark(open));
        }
        if (open.TryPeek(out var left)) throw new BicepException(left.Line, $"'{left.Closes}' is missing for what is opened here");
        if (end != '\0') throw new BicepException(line, "an interpolation is not closed");
    }

    private Token Mark(Stack<(char Closes, int Line)> open)
    {
        var mark = Marks.FirstOrDefault(Ahead) ?? text[at].ToString();
        if (mark is "(" or "[" or "{") open.Push((mark is "(" ? ')' : mark is "[" ? ']' : '}', line));
        if (mark.Length == 1 && Closing.Contains(mark[0], StringComparison.Ordinal) && (!open.TryPop(out var opened) || opened.Closes != mark[0]))
            throw new BicepException(line, $"'{mark}' closes nothing");
        at += mark.Length;
        return new Token(TokenKind.Mark, mark, line);
    }

    private Token Quoted()
    {
        var start = line;
        var letters = new StringBuilder();
        List<IReadOnlyList<Token>> inside = [];
        for (at++; ; at++)
        {
            if (at >= text.Length || text[at] == '\n') throw new BicepException(start, "a text is not closed");
            if (text[at] == '\'') break;
            if (text[at] == '\\') letters.Append(Escaped());
            else if (Ahead("${"))
            {
                at += 2;
                List<Token> tokens = [];
                Until(tokens, '}');
                inside.Add([.. tokens, new Token(TokenKind.End, "", line)]);
                letters.Append('*');
            }
            else letters.Append(text[at]);
        }
        at++;
        return new Token(TokenKind.Text, letters.ToString(), start) { Inside = inside };
    }

    private char Escaped() => text[++at] switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        var c and ('\'' or '\\' or '$') => c,
        var c => throw new BicepException(line, $"'\\{c}' is no escape"),
    };

    private Token ManyLines()
    {
        var end = text.IndexOf("'''", at + 3, StringComparison.Ordinal);
        if (end < 0) throw new BicepException(line, "a text of many lines is not closed");
        var token = new Token(TokenKind.Text, text[(at + 3)..end], line);
        line += token.Text.Count(c => c == '\n');
        at = end + 3;
        return token;
    }

    private void SkipComment()
    {
        var end = text.IndexOf("*/", at, StringComparison.Ordinal);
        if (end < 0) throw new BicepException(line, "a comment is not closed");
        line += text[at..end].Count(c => c == '\n');
        at = end + 2;
    }

    private string While(Func<char, bool> goesOn)
    {
        var start = at;
        while (at < text.Length && goesOn(text[at])) at++;
        return text[start..at];
    }

    private bool Ahead(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
}
