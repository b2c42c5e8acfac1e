using Automation.Marketing.Access;

namespace Automation.Functions.Http;

/// <summary>What a function behind a key asks of its caller, where it is not the usual: a viewer for what is read, a
/// marketer for what is changed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsAttribute(Role role) : Attribute
{
    public Role Role => role;

    /// <summary>A machine's everyday posts are no change somebody made: they leave no row in the audit.</summary>
    public bool IsRoutine { get; init; }
}
