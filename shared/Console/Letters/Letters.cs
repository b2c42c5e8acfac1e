using Automation.Marketing;
using Automation.Marketing.Mails;

namespace Automation.Console.Letters;

/// <summary>How a mail is looked at before it goes.</summary>
public enum PreviewLook { Desktop, Phone, Dark, Text }

/// <summary>What became of a test to oneself.</summary>
public enum TestEnd { None, Sent, NoAddress, TooOften, NotTaken, Mistaken }

/// <summary>A mail's or an issue's file as it stands in the editor.</summary>
public sealed record LetterDraft
{
    public required string Text { get; init; }

    /// <summary>Of the file when it was opened: whoever saves over another's change is told so.</summary>
    public required string Version { get; init; }

    /// <summary>Somebody else has saved it meanwhile.</summary>
    public bool IsOutdated { get; init; }
    public IReadOnlyList<Problem> Problems { get; init; } = [];
    public IReadOnlyList<MailHint> Hints { get; init; } = [];

    /// <summary>Whom the preview is for: a customer's id or address; empty: made up.</summary>
    public string? Who { get; init; }

    /// <summary>Where tests go, as typed or remembered.</summary>
    public string? TestTo { get; init; }
    public TestEnd Test { get; init; }

    /// <summary>Why a test did not go, in the transport's words.</summary>
    public string? Because { get; init; }

    /// <summary>What was asked for was not done.</summary>
    public bool IsRefused => Problems.Count > 0 || IsOutdated || Test is not (TestEnd.None or TestEnd.Sent);
}

/// <summary>How a preview looks, as the address says it.</summary>
public static class Looks
{
    public static IReadOnlyList<PreviewLook> All { get; } = Enum.GetValues<PreviewLook>();

    /// <summary>Not the mail but the LINE text beside it.</summary>
    public const string Line = "line";

    public static string Word(this PreviewLook look) => look.ToString().ToLowerInvariant();

    public static PreviewLook Of(string? word) =>
        Enum.TryParse<PreviewLook>(word, ignoreCase: true, out var look) && Enum.IsDefined(look) ? look
            : PreviewLook.Desktop;

    public static string Name(this PreviewLook look, Language say) => look switch
    {
        PreviewLook.Phone => say["スマートフォン", "Phone"],
        PreviewLook.Dark => say["ダークモード", "Dark"],
        PreviewLook.Text => say["テキスト", "Text only"],
        _ => say["パソコン", "Desktop"],
    };
}
