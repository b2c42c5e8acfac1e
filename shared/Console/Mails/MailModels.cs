using Automation.Console.Letters;
using Automation.Console.Lines;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Mails;

namespace Automation.Console.Mails;

/// <summary>The shop's mails with what became of them.</summary>
/// <param name="CountedAt">Null: never counted.</param>
/// <param name="WrongName">A name a new mail cannot have, as typed; null: nothing was typed.</param>
public sealed record MailList(IReadOnlyList<MailLine> Mails, DateTimeOffset? CountedAt, string? WrongName = null)
{
    /// <summary>The shop's LINE texts.</summary>
    public IReadOnlyList<LineText> Lines { get; init; } = [];
}

/// <summary>A mail in the list.</summary>
/// <param name="Journeys">Those that send it.</param>
public sealed record MailLine(MailSource Source, Purpose Purpose, IReadOnlyList<string> Journeys, MailFigures Figures);

/// <summary>One mail as it would arrive, and what is to be said about it.</summary>
public sealed record MailView
{
    public required MailLine Mail { get; init; }
    public required IReadOnlyList<MailHint> Hints { get; init; }

    /// <summary>Bytes of its HTML; null: it cannot be rendered for this customer.</summary>
    public required int? Size { get; init; }
    public required PreviewLook Look { get; init; }

    /// <summary>Whom it is shown for, as the address says; null: a made-up customer.</summary>
    public string? Who { get; init; }
}

/// <summary>A mail in the editor.</summary>
/// <param name="IsNew">There is no such file yet.</param>
public sealed record MailEdit(string Name, bool IsNew, Purpose Purpose, LetterDraft Draft);
