namespace Automation.Marketing.People;

/// <summary>A code that one walk has taken from a pool: nobody else gets it.</summary>
/// <param name="Expires">The last day it is good for; null: the pool's file does not say.</param>
public sealed record Coupon(string Pool, string Code, DateOnly? Expires = null);
