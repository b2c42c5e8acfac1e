using System.Globalization;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>Which address a customer's page is about, and how they change it, as HTML. Pure.</summary>
public static class AddressPage
{
    /// <summary>Enough for whoever knows it, too little for whoever does not: <c>h•••@example.jp</c>.</summary>
    public static string Masked(string email)
    {
        var at = Math.Max(email.LastIndexOf('@'), 0);
        return $"{(at > 2 ? StringInfo.GetNextTextElement(email) : "")}•••{email[at..]}";
    }

    /// <summary>The page behind the link in the mail that asks.</summary>
    /// <param name="view">Null: the link is none of ours, or holds no more.</param>
    public static string Html(AddressView? view, ShopSettings shop)
    {
        var (frame, words) = (PreferenceWords.For(view?.Customer, shop), AddressWords.For(view?.Customer, shop));
        return PreferencePage.Frame(frame, shop, words.Title, view switch
        {
            null => $"<p>{PreferencePage.Safe(words.Unknown)}</p>",
            { Step: AddressStep.Asks } => $"<p>{Said(words.Question)}</p>"
                + PreferencePage.Form(PreferencePage.Button("confirm", words.Confirm, "main")),
            { Step: AddressStep.Anothers } => $"<p>{PreferencePage.Safe(words.Anothers)}</p>",
            _ => $"""<p class="said" role="status">{Said(words.Done)}</p>""",
        } + PreferencePage.Back(frame, shop));

        string Said(string text) => PreferencePage.Safe(
            string.Format(CultureInfo.InvariantCulture, text, shop.Name, Masked(view!.Email)));
    }

    /// <summary>On the customer's page: where mails go, and where else they may. Nothing for who has no
    /// address.</summary>
    internal static string Form(PreferenceView view, ShopSettings shop)
    {
        if (view.Customer.Email is not { } email) return "";
        var words = AddressWords.For(view.Customer, shop);
        var answer = view.Address switch
        {
            null => "",
            AddressAnswer.Sent => Status(words.Sent),
            AddressAnswer.NotAnAddress => Status(words.NotAnAddress),
            _ => Status(words.TooOften),
        };
        // The answer is at the foot of the page: that is where the button leads.
        return $"""<h2 id="address">{PreferencePage.Safe(words.Title)}</h2>{answer}"""
            + $"""<p>{PreferencePage.Filled(words.Now, Masked(email))}</p><form method="post" action="#address">"""
            + $"""<label>{PreferencePage.Safe(words.New)}<input type="email" name="email" autocomplete="email" """
            + $"""required maxlength="254"></label>{PreferencePage.Button("address", words.Ask, "quiet")}</form>""";

        static string Status(string text) => $"""<p class="said" role="status">{PreferencePage.Safe(text)}</p>""";
    }
}
