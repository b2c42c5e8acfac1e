namespace Automation.Console.Look;

/// <summary>The page of all parts shows nothing of the shop's.</summary>
public sealed record PartsModel;
