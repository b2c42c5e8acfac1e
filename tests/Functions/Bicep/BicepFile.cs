namespace Automation.Functions.Tests.Bicep;

/// <summary>What a Bicep file (or a parameter file) declares.</summary>
public sealed record BicepFile(string Path, IReadOnlyList<Declaration> Declarations)
{
    public static BicepFile Read(string path) => Parse(path, File.ReadAllText(path));

    public static BicepFile Parse(string path, string text)
    {
        try
        {
            return new BicepFile(path, Parser.Read(Tokenizer.Read(text)));
        }
        catch (BicepException wrong)
        {
            throw new InvalidDataException($"{path}: {wrong.Message}");
        }
    }

    public IEnumerable<T> Of<T>() where T : Declaration => Declarations.OfType<T>();
    public Declaration.Parameter? Parameter(string name) => Of<Declaration.Parameter>().FirstOrDefault(parameter => parameter.Name == name);

    /// <summary>Every expression of the file, with what is inside.</summary>
    public IEnumerable<Expression> Expressions => Declarations.SelectMany(declaration => declaration.Expressions).SelectMany(expression => expression.All);
}

/// <summary>One statement of a Bicep file.</summary>
public abstract record Declaration(string Name, int Line)
{
    public IReadOnlyList<Expression> Decorators { get; init; } = [];

    /// <summary><c>param name type = default</c>; in a parameter file it has no type.</summary>
    public sealed record Parameter(string Name, string? Type, Expression? Value, int Line) : Declaration(Name, Line);
    public sealed record Variable(string Name, Expression Value, int Line) : Declaration(Name, Line);
    public sealed record Resource(string Name, string Type, bool Existing, Expression Body, int Line) : Declaration(Name, Line);
    public sealed record Module(string Name, string Path, Expression Body, int Line) : Declaration(Name, Line);
    public sealed record Output(string Name, string Type, Expression Value, int Line) : Declaration(Name, Line);

    /// <summary><c>using 'main.bicep'</c></summary>
    public sealed record Using(string Path, int Line) : Declaration("using", Line);
    public sealed record TargetScope(Expression Value, int Line) : Declaration("targetScope", Line);

    public IEnumerable<Expression> Expressions => Decorators.Concat(this switch
    {
        Parameter { Value: { } value } => [value],
        Variable it => [it.Value],
        Resource it => [it.Body],
        Module it => [it.Body],
        Output it => [it.Value],
        TargetScope it => [it.Value],
        _ => (Expression[])[],
    });
}
