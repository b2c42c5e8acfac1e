using System.Text;
using System.Text.Json.Nodes;
using Automation.Marketing.Mails;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Lines;

/// <summary>A LINE text with its blanks filled: one message object as LINE takes it.</summary>
/// <param name="Alt">What notifications show.</param>
/// <param name="Json">The message object.</param>
public sealed record RenderedLine(string Alt, string Json);

/// <summary>A LINE text made ready once. Blanks are filled first, into marks that no rule of Markdown touches, and what
/// they stand for is put in last: whatever a customer is called cannot become a button. Safe to use from many
/// threads.</summary>
public sealed class LineTemplate
{
    /// <summary>Messaging API: characters of the alt text; bytes of a bubble, and of bubbles beside each
    /// other.</summary>
    private const int LongestAlt = 400, LargestBubble = 30_000, LargestCarousel = 50_000;

    private readonly IReadOnlyList<TemplateNode> alt, body;
    private readonly IReadOnlyList<(IReadOnlyList<TemplateNode> Words, string? Leads)> quick;

    private LineTemplate(
        LineSource source, IReadOnlyList<PlaceholderUse> blanks, IReadOnlyList<TemplateNode> alt,
        IReadOnlyList<TemplateNode> body, IReadOnlyList<(IReadOnlyList<TemplateNode>, string?)> quick)
    {
        (Source, Placeholders) = (source, blanks);
        (this.alt, this.body, this.quick) = (alt, body, quick);
    }

    public LineSource Source { get; }
    public string Name => Source.Name;

    /// <summary>Every blank of alt text, quick replies and body.</summary>
    public IReadOnlyList<PlaceholderUse> Placeholders { get; }

    /// <summary>The template, or everything that is wrong with its blanks.</summary>
    public static (LineTemplate? Template, IReadOnlyList<Problem> Problems) Compile(LineSource source)
    {
        var (problems, pass, written) = (new List<Problem>(), new PlaceholderPass(), source.Written);
        var alt = pass.Mark(written, written.Subject, problems);
        var quick = source.Quick.Select(reply => (pass.Mark(written, reply.Words, problems), reply.Leads)).ToList();
        var body = pass.Mark(written, written.Body, problems);
        if (MailDepth.Tangle(written.Body.Text) is var (tangled, message))
            problems.Add(written.Problem(written.Body.Offset + tangled, message));
        if (problems.Count == 0 && MailDepth.Parse(body) is (null, var deep))
            problems.Add(written.Problem(pass.Written(deep), MailDepth.Message));
        if (problems.Count > 0) return (null, problems);
        return (new(source, pass.Placeholders, Read(alt), Read(body),
            [.. quick.Select(reply => (Read(reply.Item1), reply.Leads))]), []);

        IReadOnlyList<TemplateNode> Read(string marked) => PageReader.Read(pass.Unmark(marked));
    }

    /// <summary>Fills the blanks.</summary>
    /// <param name="choicesUrl">The customer's own page.</param>
    /// <exception cref="MissingValueException">A blank has no value in this situation.</exception>
    /// <exception cref="LineShapeException">LINE would not take what came out.</exception>
    public RenderedLine Render(Situation situation, Purpose purpose, string? choicesUrl)
    {
        var model = MailModel.Of(situation, purpose, choicesUrl);
        var said = MailTemplate.Line(Fill(alt, model, null));
        if (said.Length is 0 or > LongestAlt)
            throw new LineShapeException(
                $"the alt text has 1 to {LongestAlt} characters; here are {said.Length}", said);
        var values = new List<string>();
        var document = MailMarkdown.Parse(Fill(body, model, values));
        var message = new LineBlocks(values, situation.Shop.Pictures)
            .Message(document, said, Layout.Accent(situation.Shop.Accent));
        if (quick.Count > 0)
            message["quickReply"] = new JsonObject
            {
                ["items"] = new JsonArray([.. quick.Select(reply => new JsonObject
                {
                    ["type"] = "action",
                    ["action"] = MailTemplate.Line(Fill(reply.Words, model, null)) is var words
                        && reply.Leads is { } leads ? LineAction.To(leads, words) : LineAction.Say(words),
                })]),
            };
        var json = message.ToJsonString(RowJson.Readable);
        var largest = message["contents"]?["type"]?.GetValue<string>() == "carousel" ? LargestCarousel : LargestBubble;
        return message["contents"] is { } contents
            && Encoding.UTF8.GetByteCount(contents.ToJsonString(RowJson.Readable)) is var bytes && bytes > largest
            ? throw new LineShapeException($"a bubble has at most {largest} bytes; here are {bytes}", "")
            : new(said, json);
    }

    private static string Fill(
        IReadOnlyList<TemplateNode> parts, Dictionary<string, object?> model, List<string>? kept)
    {
        var ink = new Utf8Buffer();
        new PageFilling(model, false, ink) { Kept = kept }.Write(parts);
        return Encoding.UTF8.GetString(ink.Written);
    }
}
