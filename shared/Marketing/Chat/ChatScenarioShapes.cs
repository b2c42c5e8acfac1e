using Automation.Marketing.Files;

namespace Automation.Marketing.Chat;

/// <summary>Scenarios of the chat as JSON: what each object may hold.</summary>
public static class ChatScenarioShapes
{
    public static readonly Shape Scenario = new Shape(
        "Imagined conversations with the chat, and what must come back.",
        new("about", "text", "What they show; a note for colleagues."),
        new("conversations", "chatTalks", "The conversations.", Required: true)).AsFile;

    public static readonly Shape Talk = new("One conversation.",
        new("about", "text", "What it shows."),
        new("at", "start", "When, on the shop's clocks: 2026-11-27T22:10. Left out: a Monday, 11:00."),
        new("who", "chatWho", "Who asks; left out: somebody unknown."),
        new("turns", "chatTurns", "What is said, and what must come back.", Required: true));

    public static readonly Shape Who = new("Who asks.",
        new("linked", "flag", "true: it is known who asks (their LINE account is linked, or they proved an order)."),
        new("orders", "chatOrders", "Their orders; nothing is said of them where it is not known who asks."));

    public static readonly Shape Order = new("An order of theirs.",
        new("number", "text", "E.g. #1001.", Required: true),
        new("placed", "day", "So many days after the conversation; below zero before it.", Required: true),
        new("shipped", "day", "Left out: not yet."),
        new("delivered", "day", "Left out: not yet."),
        new("cancelled", "day", "Left out: it is not."),
        new("total", "price", "Left out: what the lines add up to."),
        new("lines", "lines", "What was bought."));

    public static readonly Shape Turn = new("Something said, and what must come back.",
        new("say", "text", "What the customer writes."),
        new("tap", "text", "The words of the choice that is tapped, instead of say."),
        new("send", "chatThing", "A picture, a file or a sticker, instead of say."),
        new("later", "period", "How long after what was said before."),
        new("comes", "replyKind", "Of which kind the reply is."),
        new("answer", "text", "The shop's answer that is given, or is among what is asked back."),
        new("contains", "texts", "What the reply says, its links and choices included."),
        new("lacks", "texts", "What it does not say."));
}
