namespace Automation.Marketing;

/// <summary>An amount in a currency (ISO 4217).</summary>
public readonly record struct Money(decimal Amount, string Currency);
