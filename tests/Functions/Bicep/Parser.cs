using static Automation.Functions.Tests.Bicep.Expression;

namespace Automation.Functions.Tests.Bicep;

/// <summary>Tokens to declarations: the part of Bicep our files are written in.</summary>
public sealed partial class Parser
{
    private readonly IReadOnlyList<Token> tokens;
    private int at;

    private Parser(IReadOnlyList<Token> tokens) => this.tokens = tokens;

    public static IReadOnlyList<Declaration> Read(IReadOnlyList<Token> tokens)
    {
        var parser = new Parser(tokens);
        List<Declaration> declarations = [];
        for (parser.SkipLines(); parser.Next.Kind != TokenKind.End; parser.SkipLines()) declarations.Add(parser.Statement());
        return declarations;
    }

    private Token Next => tokens[at];

    private Declaration Statement()
    {
        List<Expression> decorators = [];
        for (; Is("@"); SkipLines())
        {
            at++;
            decorators.Add(Postfix());
        }
        var line = Next.Line;
        Declaration declaration = Word() switch
        {
            "param" => Parameter(line),
            "var" => Variable(line),
            "resource" => Resource(line),
            "module" => Module(line),
            "output" => Output(line),
            "using" => new Declaration.Using(Plain(), line),
            "targetScope" => TargetScope(line),
            var word => throw new BicepException(line, $"'{word}' starts no statement"),
        };
        if (Next.Kind is not (TokenKind.NewLine or TokenKind.End)) throw Unexpected("the end of the line");
        return declaration with { Decorators = decorators };
    }

    private Declaration.Parameter Parameter(int line)
    {
        var name = Word();
        var type = Next.Kind == TokenKind.Word ? Word() : null;
        return new Declaration.Parameter(name, type, Take("=") ? Value() : null, line);
    }

    private Declaration.Variable Variable(int line)
    {
        var name = Word();
        Expect("=");
        return new Declaration.Variable(name, Value(), line);
    }

    private Declaration.Resource Resource(int line)
    {
        var (name, type) = (Word(), Plain());
        var existing = Next is { Kind: TokenKind.Word, Text: "existing" };
        if (existing) at++;
        Expect("=");
        return new Declaration.Resource(name, type, existing, Body(), line);
    }

    private Declaration.Module Module(int line)
    {
        var (name, path) = (Word(), Plain());
        Expect("=");
        return new Declaration.Module(name, path, Body(), line);
    }

    private Declaration.Output Output(int line)
    {
        var (name, type) = (Word(), Word());
        Expect("=");
        return new Declaration.Output(name, type, Value(), line);
    }

    private Declaration.TargetScope TargetScope(int line)
    {
        Expect("=");
        return new Declaration.TargetScope(Value(), line);
    }

    private Expression Body()
    {
        if (Next is not { Kind: TokenKind.Word, Text: "if" }) return Value();
        var line = Next.Line;
        at++;
        Expect("(");
        var condition = Value();
        Expect(")");
        return new Conditional(condition, Value(), line);
    }

    private void SkipLines()
    {
        while (Next.Kind == TokenKind.NewLine) at++;
    }

    private bool Is(string mark) => Next.Kind == TokenKind.Mark && Next.Text == mark;

    private bool Take(string mark)
    {
        if (!Is(mark)) return false;
        at++;
        return true;
    }

    private void Expect(string mark)
    {
        if (!Take(mark)) throw Unexpected($"'{mark}'");
    }

    private string Word() => Next.Kind == TokenKind.Word ? tokens[at++].Text : throw Unexpected("a name");
    private string Plain() => Next is { Kind: TokenKind.Text, Inside.Count: 0 } ? tokens[at++].Text : throw Unexpected("a text without interpolation");
    private BicepException Unexpected(string wanted) => new(Next.Line, $"{wanted} is expected, not '{(Next.Kind == TokenKind.NewLine ? "end of line" : Next.Text)}'");
}
