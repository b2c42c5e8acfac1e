using Automation.Marketing.Files;

namespace Automation.Marketing.Publishing;

/// <summary>shop.json: what the objects of <c>brand</c> and <c>languages</c> may hold.</summary>
public static class BrandShapes
{
    public static readonly Shape Brand = new("How mails and the customer's page look.",
        new("logo", "logo", "The logo on top; the shop's name in letters where left out."),
        new("colors", "colors", "Colours; what cannot be read on its ground is refused."),
        new("font", "text", "Fonts as in CSS, e.g. Hiragino Mincho ProN, Yu Mincho, serif."),
        new("footer", "brandLinks", "Links below every mail."),
        new("social", "brandLinks", "Where else the shop is: what the block social shows."));

    public static readonly Shape Logo = new("The shop's logo.",
        new("picture", "picture", "Its address, or pictures/… for one of the shop's own.", Required: true),
        new("dark", "picture", "The one for dark ground."),
        new("width", "logoWidth", "In pixels; 160 where left out."));

    public static readonly Shape Colors = new("Colours, #rrggbb.",
        new("accent", "color", "Buttons, links, the line on top; #2f5d50 where left out."),
        new("text", "color", "The text; #2b2e2c where left out."),
        new("card", "color", "What the text stands on; #ffffff where left out."),
        new("page", "color", "Around it; #f4f4f1 where left out."));

    public static readonly Shape Link = new("A link of the shop's own.",
        new("words", "text", "What is written.", Required: true),
        new("url", "webAddress", "Where it leads.", Required: true));

    public static readonly Shape Language = new("What mails in this language say instead.",
        new("name", "text", "The shop's name."),
        new("postalAddress", "text", "The postal address."),
        new("optOut", "text", "The sentence beside the opt-out link."),
        new("unsubscribe", "text", "The words of the opt-out link."),
        new("contact", "text", "The word before how to reach the shop."),
        new("salutation", "text", "How a customer is addressed, {name} a blank, e.g. Bonjour {name}."),
        new("somebody", "text", "How somebody is addressed whose name is not known."),
        new("footer", "brandLinks", "Links below every mail."));
}
