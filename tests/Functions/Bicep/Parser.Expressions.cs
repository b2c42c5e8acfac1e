using static Automation.Functions.Tests.Bicep.Expression;

namespace Automation.Functions.Tests.Bicep;

public sealed partial class Parser
{
    private static readonly string[] Binary = ["==", "!=", "<=", ">=", "<", ">", "&&", "||", "??", "+", "-", "*", "/", "%"];

    private Expression Value()
    {
        var line = Next.Line;
        var first = Operand();
        List<Expression> operands = [first];
        while (Next.Kind == TokenKind.Mark && Binary.Contains(Next.Text))
        {
            at++;
            operands.Add(Operand());
        }
        var left = operands is [var one] ? one : new Operation(operands, line);
        if (!Take("?")) return left;
        var then = Value();
        Expect(":");
        return new Operation([left, then, Value()], line);
    }

    private Expression Operand()
    {
        if (!Take("!") && !Take("-")) return Postfix();
        return new Operation([Operand()], Next.Line);
    }

    private Expression Postfix()
    {
        var expression = Primary();
        while (true)
        {
            var line = Next.Line;
            if (Take(".") || Take(".?")) expression = new Member(expression, Word(), line);
            else if (Take("!")) continue;
            else if (Take("[")) expression = new Expression.Index(expression, Closed("]"), line);
            else if (Take("(")) expression = new Call(expression, Arguments(), line);
            else return expression;
        }
    }

    private Expression Primary()
    {
        var token = tokens[at++];
        return token switch
        {
            { Kind: TokenKind.Text } => Texts(token),
            { Kind: TokenKind.Number } => new Literal(token.Text, token.Line),
            { Kind: TokenKind.Word, Text: "true" or "false" or "null" } => new Literal(token.Text, token.Line),
            { Kind: TokenKind.Word } when Take("=>") => new Lambda([token.Text], Value(), token.Line),
            { Kind: TokenKind.Word } => new Name(token.Text, token.Line),
            { Kind: TokenKind.Mark, Text: "(" } => Closed(")"),
            { Kind: TokenKind.Mark, Text: "[" } => Items(token.Line),
            { Kind: TokenKind.Mark, Text: "{" } => Properties(token.Line),
            _ => throw new BicepException(token.Line, $"a value is expected, not '{token.Text}'"),
        };
    }

    private static Text Texts(Token token) => new(token.Text, [.. token.Inside.Select(Whole)], token.Line);

    private static Expression Whole(IReadOnlyList<Token> inside)
    {
        var parser = new Parser(inside);
        var value = parser.Value();
        return parser.Next.Kind == TokenKind.End ? value : throw parser.Unexpected("the end of the interpolation");
    }

    private Expression Closed(string mark)
    {
        SkipLines();
        var value = Value();
        SkipLines();
        Expect(mark);
        return value;
    }

    private List<Expression> Arguments()
    {
        List<Expression> arguments = [];
        for (SkipLines(); !Take(")"); SkipLines())
        {
            arguments.Add(Value());
            SkipLines();
            if (!Is(")")) Expect(",");
        }
        return arguments;
    }

    private Expression Items(int line)
    {
        SkipLines();
        if (Next is { Kind: TokenKind.Word, Text: "for" }) return ForEach(line);
        List<Expression> items = [];
        for (SkipLines(); !Take("]"); Separated("]")) items.Add(Value());
        return new Expression.Array(items, line);
    }

    private Loop ForEach(int line)
    {
        at++;
        var item = Word();
        if (Word() != "in") throw new BicepException(line, "'in' is missing in a loop");
        var source = Value();
        Expect(":");
        var body = Body();
        SkipLines();
        Expect("]");
        return new Loop(item, source, body, line);
    }

    private Expression.Object Properties(int line)
    {
        List<Property> properties = [];
        for (SkipLines(); !Take("}"); Separated("}"))
        {
            var name = tokens[at++];
            if (name.Kind is not (TokenKind.Word or TokenKind.Text)) throw new BicepException(name.Line, $"a property is expected, not '{name.Text}'");
            Expect(":");
            properties.Add(new Property(Texts(name), Value()));
        }
        return new Expression.Object(properties, line);
    }

    /// <summary>Items stand in lines of their own or are parted by commas.</summary>
    private void Separated(string end)
    {
        if (!Is(end) && Next.Kind != TokenKind.NewLine && !Take(",")) throw Unexpected($"a comma, a new line or '{end}'");
        SkipLines();
    }
}
