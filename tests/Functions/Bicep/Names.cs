using System.Collections.Immutable;

namespace Automation.Functions.Tests.Bicep;

/// <summary>Does every name in an expression stand for something?</summary>
public static class Names
{
    // Those our files use; a new one is looked up in the Bicep reference before it is added.
    private static readonly string[] Functions =
        ["resourceGroup", "subscription", "tenant", "uniqueString", "take", "toLower", "guid", "subscriptionResourceId", "empty", "concat", "filter", "replace", "json", "string", "min"];
    private static readonly string[] Decorators = ["description", "allowed", "minLength", "maxLength", "minValue", "maxValue", "secure"];

    /// <summary>Names that are declared nowhere, and functions we do not know.</summary>
    public static IEnumerable<string> Unknown(BicepFile file)
    {
        var declared = file.Declarations.Where(declaration => declaration is not (Declaration.Output or Declaration.Using or Declaration.TargetScope)).Select(declaration => declaration.Name).ToImmutableHashSet();
        return file.Declarations.SelectMany(declaration =>
            declaration.Decorators.SelectMany(decorator => OfDecorator(decorator, declared))
                .Concat(declaration.Expressions.Except(declaration.Decorators).SelectMany(expression => Of(expression, declared))));
    }

    /// <summary>Parameters and variables nobody reads.</summary>
    public static IEnumerable<string> Unused(BicepFile file)
    {
        var read = file.Expressions.OfType<Expression.Name>().Select(name => name.Id).ToHashSet();
        return from declaration in file.Declarations
               where declaration is Declaration.Parameter or Declaration.Variable && !read.Contains(declaration.Name)
               select $"line {declaration.Line}: nobody reads '{declaration.Name}'";
    }

    private static IEnumerable<string> OfDecorator(Expression decorator, ImmutableHashSet<string> declared) => decorator is Expression.Call { Function: Expression.Name { Id: var id } } call
        ? (Decorators.Contains(id) ? [] : (string[])[$"line {decorator.Line}: '@{id}' is no decorator we know"]).Concat(call.Arguments.SelectMany(argument => Of(argument, declared)))
        : [$"line {decorator.Line}: a decorator is a call"];

    private static IEnumerable<string> Of(Expression expression, ImmutableHashSet<string> declared) => expression switch
    {
        Expression.Name name => declared.Contains(name.Id) ? [] : [$"line {name.Line}: '{name.Id}' is declared nowhere"],
        Expression.Call { Function: Expression.Name function } call =>
            (Functions.Contains(function.Id) ? [] : (string[])[$"line {function.Line}: '{function.Id}' is no function we know"]).Concat(call.Arguments.SelectMany(argument => Of(argument, declared))),
        Expression.Lambda lambda => Of(lambda.Body, declared.Union(lambda.Names)),
        Expression.Loop loop => Of(loop.Source, declared).Concat(Of(loop.Body, declared.Add(loop.Item))),
        _ => expression.Parts.SelectMany(part => Of(part, declared)),
    };
}
