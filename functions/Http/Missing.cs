namespace Automation.Functions.Http;

/// <summary>What was asked for and is not there.</summary>
public static class Missing
{
    public static Refusal Customer { get; } = Refusal.NotFound("There is no such customer.");
    public static Refusal Conversation { get; } = Refusal.NotFound("There is no such conversation.");
    public static Refusal Issue { get; } = Refusal.NotFound("There is no such issue.");
    public static Refusal Journey { get; } = Refusal.NotFound("There is no such journey.");
    public static Refusal Newsletter { get; } = Refusal.NotFound("There is no such newsletter.");
    public static Refusal Request { get; } = Refusal.NotFound("There is no such request.");
}
