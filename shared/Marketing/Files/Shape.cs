namespace Automation.Marketing.Files;

/// <summary>What an object in a shop's file may hold: the readers refuse by it, the editor schemas are generated from
/// it.</summary>
/// <param name="Says">What the object is, in a sentence.</param>
public sealed record Shape(string Says, params IReadOnlyList<Property> Properties)
{
    /// <summary>The same with <c>$schema</c>, for the object a file consists of.</summary>
    public Shape AsFile =>
        this with { Properties = [new("$schema", "text", "The schema of this file, for editors."), .. Properties] };
}

/// <summary>One property; <paramref name="Type"/> is a definition of the schema.</summary>
public sealed record Property(string Name, string Type, string Says, bool Required = false);
