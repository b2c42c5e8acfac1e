using Automation.Console;
using Automation.Console.Letters;
using Automation.Console.Lines;
using Automation.Functions.Mails;
using Automation.Marketing;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;

namespace Automation.Functions.Console.Letters;

/// <summary>LINE texts drawn as they arrive, for a customer or a made-up one.</summary>
public sealed class LinePreviews(Previews previews)
{
    /// <summary>The document of a preview's frame: the picture, or why there is none for this customer.</summary>
    /// <param name="who">A customer's id or e-mail address, <see cref="Previews.Bare"/>, or null.</param>
    /// <param name="purpose">Null: as the journeys that send it.</param>
    public async Task<PreviewAnswer> Show(LineTemplate line, string? who, Language say, Purpose? purpose = null)
    {
        if (await previews.Whom(who, line.Placeholders) is not { } situation)
            return new(PreviewDocument.Nobody(say));
        try
        {
            var shown = await previews.Render(line, situation, purpose ?? previews.PurposeOf(line));
            return new(LinePicture.Html(shown.Json, shown.Alt, say));
        }
        catch (Exception wrong) when (wrong is MissingValueException or LineShapeException)
        {
            return new(PreviewDocument.NotFor(say, wrong.Message));
        }
    }
}
