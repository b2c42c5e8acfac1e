namespace Automation.Console.Access;

/// <summary>What the page that asks for a key shows.</summary>
/// <param name="Back">Where to go afterwards.</param>
/// <param name="IsWrong">Nobody has the key that was given.</param>
/// <param name="IsTooOften">It was tried too often within a minute.</param>
public sealed record SignInForm(string? Back, bool IsWrong = false, bool IsTooOften = false);

/// <summary>Why something was refused.</summary>
public sealed record RefusalText(int Status, string? Detail, IReadOnlyList<Marketing.Problem> Problems);
