using Automation.Console.Letters;

namespace Automation.Console.Answers;

/// <summary>An answer of the chat in one language, as lists show it.</summary>
/// <param name="Name">Its file in answers/, without its ending.</param>
/// <param name="Ask">How customers ask, the first way.</param>
/// <param name="More">How many other ways there are.</param>
/// <param name="From">The first and the last day on which it is true; null: always.</param>
public sealed record AnswerLine(
    string Name, string Ask, int More, string? Language, string? Topic, DateOnly? From, DateOnly? Until);

/// <summary>The chat's answers.</summary>
/// <param name="WrongName">A name a new one cannot have, as typed; null: nothing was typed.</param>
public sealed record AnswerList(IReadOnlyList<AnswerLine> Answers, string? WrongName = null);

/// <summary>An answer in the editor.</summary>
/// <param name="Name">Empty: it has none yet.</param>
/// <param name="IsNew">There is no such file yet; its name can be typed.</param>
/// <param name="IsWrongName">It cannot have this name.</param>
public sealed record AnswerEdit(string Name, bool IsNew, LetterDraft Draft, bool IsWrongName = false);
