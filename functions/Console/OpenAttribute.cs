namespace Automation.Functions.Console;

/// <summary>A page of the console that asks for no session: signing in, and what it takes to show that page.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenAttribute : Attribute;
