using Automation.Console.Letters;
using Automation.Marketing;

namespace Automation.Console.Lines;

/// <summary>A LINE text of the shop's.</summary>
/// <param name="Alt">What notifications show, as written.</param>
/// <param name="Journeys">Those that send it.</param>
public sealed record LineText(string Name, string Alt, Purpose Purpose, IReadOnlyList<string> Journeys);

/// <summary>One LINE text as it would arrive.</summary>
/// <param name="Who">Whom it is shown for, as the address says; null: a made-up customer.</param>
public sealed record LineView(LineText Text, string? Who);

/// <summary>A LINE text in the editor.</summary>
/// <param name="IsNew">There is no such file yet.</param>
public sealed record LineEdit(string Name, bool IsNew, LetterDraft Draft);
