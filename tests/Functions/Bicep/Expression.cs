namespace Automation.Functions.Tests.Bicep;

/// <summary>A Bicep expression, as far as it matters what it refers to.</summary>
public abstract record Expression(int Line)
{
    /// <summary>Letters with <c>*</c> where something is interpolated.</summary>
    public sealed record Text(string Letters, IReadOnlyList<Expression> Inside, int Line) : Expression(Line);
    public sealed record Literal(string Value, int Line) : Expression(Line);
    public sealed record Name(string Id, int Line) : Expression(Line);
    public sealed record Member(Expression Of, string Id, int Line) : Expression(Line);
    public sealed record Index(Expression Of, Expression At, int Line) : Expression(Line);
    public sealed record Call(Expression Function, IReadOnlyList<Expression> Arguments, int Line) : Expression(Line);
    public sealed record Operation(IReadOnlyList<Expression> Operands, int Line) : Expression(Line);
    public sealed record Lambda(IReadOnlyList<string> Names, Expression Body, int Line) : Expression(Line);
    public sealed record Array(IReadOnlyList<Expression> Items, int Line) : Expression(Line);
    public sealed record Object(IReadOnlyList<Property> Properties, int Line) : Expression(Line)
    {
        public Expression? this[string name] => Properties.FirstOrDefault(property => property.Name.Letters == name)?.Value;
    }

    /// <summary><c>[for item in source: body]</c></summary>
    public sealed record Loop(string Item, Expression Source, Expression Body, int Line) : Expression(Line);

    /// <summary><c>= if (condition) { … }</c></summary>
    public sealed record Conditional(Expression Condition, Expression Body, int Line) : Expression(Line);

    public IEnumerable<Expression> Parts => this switch
    {
        Text it => it.Inside,
        Member it => [it.Of],
        Index it => [it.Of, it.At],
        Call it => [it.Function, .. it.Arguments],
        Operation it => it.Operands,
        Lambda it => [it.Body],
        Array it => it.Items,
        Object it => it.Properties.SelectMany(property => (Expression[])[property.Name, property.Value]),
        Loop it => [it.Source, it.Body],
        Conditional it => [it.Condition, it.Body],
        _ => [],
    };

    /// <summary>This and everything in it.</summary>
    public IEnumerable<Expression> All => Parts.SelectMany(part => part.All).Prepend(this);
}

/// <summary><c>name: value</c>; a name may be a text with something interpolated.</summary>
public sealed record Property(Expression.Text Name, Expression Value);
