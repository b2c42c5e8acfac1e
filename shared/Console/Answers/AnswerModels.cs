using Automation.Console.Letters;

namespace Automation.Console.Answers;

/// <summary>An answer of the chat in one language, as lists show it.</summary>
public sealed record AnswerLine
{
    /// <summary>Its file in answers/, without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>How customers ask, the first way.</summary>
    public required string Ask { get; init; }

    /// <summary>How many other ways there are.</summary>
    public required int More { get; init; }
    public required string? Language { get; init; }
    public required string? Topic { get; init; }

    /// <summary>The first and the last day on which it is true; null: always.</summary>
    public required DateOnly? From { get; init; }
    public required DateOnly? Until { get; init; }
}

/// <summary>The chat's answers.</summary>
/// <param name="WrongName">A name a new one cannot have, as typed; null: nothing was typed.</param>
public sealed record AnswerList(IReadOnlyList<AnswerLine> Answers, string? WrongName = null);

/// <summary>An answer in the editor.</summary>
/// <param name="Name">Empty: it has none yet.</param>
/// <param name="IsNew">There is no such file yet; its name can be typed.</param>
/// <param name="IsWrongName">It cannot have this name.</param>
public sealed record AnswerEdit(string Name, bool IsNew, LetterDraft Draft, bool IsWrongName = false);
