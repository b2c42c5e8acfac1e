using Automation.Console.Letters;
using Automation.Marketing.Answers;

namespace Automation.Console.Answers;

/// <summary>The chat's answers.</summary>
/// <param name="WrongName">A name a new one cannot have, as typed; null: nothing was typed.</param>
public sealed record AnswerList(IReadOnlyList<AnswerSource> Answers, string? WrongName = null);

/// <summary>An answer in the editor.</summary>
/// <param name="Name">Empty: it has none yet.</param>
/// <param name="IsNew">There is no such file yet; its name can be typed.</param>
/// <param name="IsWrongName">It cannot have this name.</param>
public sealed record AnswerEdit(string Name, bool IsNew, LetterDraft Draft, bool IsWrongName = false);
