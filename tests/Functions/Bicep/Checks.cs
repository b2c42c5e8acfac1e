using System.Text.RegularExpressions;

namespace Automation.Functions.Tests.Bicep;

/// <summary>What can be said of Bicep files without its compiler. Each problem names its line.</summary>
public static partial class Checks
{
    private static readonly string[] Telltales = ["key", "secret", "password", "connectionString", "sas"];

    /// <summary>Everything wrong with a file; <paramref name="read"/> gives the file at a relative path, null where there is none.</summary>
    public static IReadOnlyList<string> Problems(BicepFile file, Func<string, BicepFile?> read) =>
    [
        .. Names.Unknown(file), .. Names.Unused(file), .. Twice(file), .. Types(file), .. Outputs(file),
        .. file.Of<Declaration.Module>().SelectMany(module => Module(file, module, read(module.Path))),
    ];

    /// <summary>Everything wrong with a parameter file for <paramref name="main"/>.</summary>
    public static IReadOnlyList<string> ParameterProblems(BicepFile file, BicepFile main)
    {
        var given = file.Of<Declaration.Parameter>().ToList();
        return
        [
            .. Names.Unknown(file), .. Twice(file),
            .. from parameter in given where main.Parameter(parameter.Name) is null select $"line {parameter.Line}: there is no parameter '{parameter.Name}'",
            .. from wanted in Required(main) where given.All(parameter => parameter.Name != wanted) select $"'{wanted}' is not given",
            .. from parameter in given where !Allowed(main.Parameter(parameter.Name), parameter.Value) select $"line {parameter.Line}: '{parameter.Name}' may not be that",
        ];
    }

    private static IEnumerable<string> Twice(BicepFile file) =>
        from declaration in file.Declarations
        group declaration by (declaration is Declaration.Output, declaration.Name) into same
        where same.Count() > 1
        select $"line {same.Last().Line}: '{same.Key.Name}' is declared twice";

    private static IEnumerable<string> Types(BicepFile file) =>
        from resource in file.Of<Declaration.Resource>()
        where !ResourceType().IsMatch(resource.Type)
        select $"line {resource.Line}: '{resource.Type}' is no resource type with a released version";

    private static IEnumerable<string> Outputs(BicepFile file)
    {
        var secure = file.Of<Declaration.Parameter>().Where(parameter => parameter.Decorators.Any(decorator => decorator is Expression.Call { Function: Expression.Name { Id: "secure" } })).Select(parameter => parameter.Name).ToList();
        return from output in file.Of<Declaration.Output>()
               from part in output.Value.All
               let name = part switch { Expression.Member member => member.Id, Expression.Name plain => plain.Id, _ => "" }
               where secure.Contains(name) || name.StartsWith("list", StringComparison.Ordinal) || Telltales.Any(telltale => name.Contains(telltale, StringComparison.OrdinalIgnoreCase) && !name.StartsWith("keyVault", StringComparison.Ordinal))
               select $"line {output.Line}: the output '{output.Name}' gives away '{name}'";
    }

    private static IEnumerable<string> Module(BicepFile file, Declaration.Module module, BicepFile? target)
    {
        if (target is null) return [$"line {module.Line}: there is no file '{module.Path}'"];
        var body = module.Body is Expression.Conditional conditional ? conditional.Body : module.Body;
        var given = (((body as Expression.Object)?["params"] as Expression.Object)?.Properties ?? []).Select(property => property.Name.Letters).ToList();
        return
        [
            .. from name in given where target.Parameter(name) is null select $"line {module.Line}: {module.Path} has no parameter '{name}'",
            .. from name in Required(target) where !given.Contains(name) select $"line {module.Line}: {module.Path} wants '{name}'",
            .. from member in file.Expressions.OfType<Expression.Member>()
               where member.Of is Expression.Member { Id: "outputs", Of: Expression.Name { Id: var id } } && id == module.Name
               where target.Of<Declaration.Output>().All(output => output.Name != member.Id)
               select $"line {member.Line}: {module.Path} has no output '{member.Id}'",
        ];
    }

    private static IEnumerable<string> Required(BicepFile file) => file.Of<Declaration.Parameter>().Where(parameter => parameter.Value is null).Select(parameter => parameter.Name);

    private static bool Allowed(Declaration.Parameter? parameter, Expression? value)
    {
        var allowed = parameter?.Decorators.OfType<Expression.Call>().FirstOrDefault(call => call.Function is Expression.Name { Id: "allowed" })?.Arguments[0] as Expression.Array;
        return allowed is null || allowed.Items.Any(item => Plain(item) == Plain(value));
    }

    private static string? Plain(Expression? value) => value switch { Expression.Text text => text.Letters, Expression.Literal literal => literal.Value, _ => null };

    [GeneratedRegex(@"^Microsoft\.\w+(/\w+)+@\d{4}-\d{2}-\d{2}$")]
    private static partial Regex ResourceType();
}
