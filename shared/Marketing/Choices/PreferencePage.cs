using System.Globalization;
using System.Net;
using System.Text;
using Automation.Marketing.Mails;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Choices;

/// <summary>The pages behind the links in mails, as HTML: plain, without cookies, scripts or pictures.</summary>
public static class PreferencePage
{
    /// <param name="view">Null: the link is none of ours.</param>
    public static string Html(PreferenceView? view, ShopSettings shop)
    {
        var words = PreferenceWords.For(view?.Customer, shop);
        return view switch
        {
            null => Frame(words, shop, words.UnknownTitle, $"<p>{Safe(words.Unknown)}</p>"),
            { Stopped: true } => Frame(words, shop, words.StoppedTitle, Stopped(view, words, shop)),
            _ => Frame(words, shop, words.Title, Settings(view, words, shop)),
        };
    }

    /// <summary>The page that confirms a consent.</summary>
    /// <param name="view">Null: the link is none of ours.</param>
    public static string Html(ConfirmView? view, ShopSettings shop)
    {
        var words = PreferenceWords.For(view?.Customer, shop);
        return view?.State switch
        {
            null => Frame(words, shop, words.UnknownTitle, $"<p>{Safe(words.ConfirmUnknown)}</p>"),
            ConsentState.Pending => Frame(words, shop, words.ConfirmTitle,
                $"<p>{Filled(words.ConfirmIntro, shop.Name)}</p>"
                + Form(Button("confirm", words.Confirm, "main"))),
            ConsentState.Given => Frame(
                words, shop, words.ConfirmedTitle, $"<p>{Filled(words.Confirmed, shop.Name)}</p>"
                    + Back(words, shop)),
            _ => Frame(words, shop, words.UnknownTitle, $"<p>{Safe(words.TooLate)}</p>"),
        };
    }

    private static string Stopped(PreferenceView view, PreferenceWords words, ShopSettings shop) =>
        Stop(view, words, shop) + Others(view, words) + AddressPage.Form(view, shop) + Back(words, shop);

    /// <summary>The way back to the shop; nothing where it has no page.</summary>
    internal static string Back(PreferenceWords words, ShopSettings shop) => shop.Url is { } url
        ? $"""<p class="back"><a href="{Safe(url)}" rel="noreferrer">{Filled(words.Back, shop.Name)}</a></p>""" : "";

    private static string Stop(PreferenceView view, PreferenceWords words, ShopSettings shop) => view switch
    {
        { Asked: true } => $"<p>{Safe(words.Asked)}</p>",
        { Undo: { } undo } =>
            $"<p>{Filled(words.JustStopped, shop.Name)}</p>" + Form(
                $"""<input type="hidden" name="undo" value="{Safe(undo)}">{Button("again", words.Again, "quiet")}"""),
        _ => $"<p>{Filled(view.Chosen is Choice.Stop ? words.JustStopped : words.Stopped, shop.Name)}</p>"
            + (view.MayAsk
                ? Form($"""{Button("again", words.Again, "quiet")}<p class="note">{Safe(words.AgainNote)}</p>""")
                : $"""<p class="note">{Safe(words.AgainByWriting)}</p>"""),
    };

    private static string Settings(PreferenceView view, PreferenceWords words, ShopSettings shop)
    {
        var page = new StringBuilder();
        if (view.Chosen is not (null or Choice.Address))
            page.Append(CultureInfo.InvariantCulture, $"""<p class="said" role="status">{Safe(words.Saved)}</p>""");
        page.Append(CultureInfo.InvariantCulture, $"""
            <p>{Filled(words.Intro, shop.Name)}</p>
            <form method="post">{Button("stop", words.Stop, "main")}<p class="note">{Safe(words.StopNote)}</p></form>
            <h2>{Safe(words.Less)}</h2>
            """);
        var paused =
            view.PausedUntil is { } until ? words.Day(until, Zones.Of(view.Customer.TimeZone, shop.TimeZone)) : null;
        page.Append(view.Preferences.Monthly
            ? Row(words.IsMonthly, "all", words.Weekly) : Row(words.MonthlyNote, "monthly", words.Monthly));
        page.Append(paused is not null
            ? Row(string.Format(CultureInfo.InvariantCulture, words.IsPaused, paused), "resume", words.Resume)
            : Row(words.PauseNote, "pause", words.Pause));
        if (view.Topics.Count > 0) page.Append(Topics(view, words));
        return page.Append(Others(view, words)).Append(AddressPage.Form(view, shop)).Append(Back(words, shop))
            .ToString();
    }

    /// <summary>Where else we write or did, and how to stop that.</summary>
    private static string Others(PreferenceView view, PreferenceWords words)
    {
        if (view.Others.Count == 0) return "";
        var rows = view.Others.Select(other =>
        {
            var name = words.Name(other.Channel);
            return other.Writes
                ? Form($"""<input type="hidden" name="channel" value="{Safe(other.Channel)}">"""
                    + $"<p>{Filled(words.AlsoBy, name)}</p>"
                    + Button("stopOn", string.Format(CultureInfo.InvariantCulture, words.StopBy, name), "quiet"))
                : $"<p>{Filled(words.NotBy, name)}</p>";
        });
        return $"<h2>{Safe(words.Elsewhere)}</h2>" + string.Concat(rows);
    }

    private static string Topics(PreferenceView view, PreferenceWords words)
    {
        string Checked(string topic) => view.Preferences.Without.Contains(topic) ? "" : " checked";
        var boxes = view.Topics.Select(topic => $"""<label><input type="checkbox" name="topic" """
            + $"""value="{Safe(topic.Id)}"{Checked(topic.Id)}> {Safe(topic.Name)}</label>""");
        return $"<h2>{Safe(words.Topics)}</h2>"
            + Form(string.Concat(boxes) + Button("topics", words.Save, "quiet"));
    }

    internal static string Form(string content) => $"""<form method="post">{content}</form>""";

    private static string Row(string note, string choice, string text) =>
        $"""<form method="post" class="row"><p>{Safe(note)}</p>{Button(choice, text, "quiet")}</form>""";

    internal static string Button(string choice, string text, string look) =>
        $"""<button type="submit" name="choice" value="{choice}" class="{look}">{Safe(text)}</button>""";

    internal static string Filled(string text, string name) =>
        Safe(string.Format(CultureInfo.InvariantCulture, text, name));
    internal static string Safe(string text) => WebUtility.HtmlEncode(text);

    internal static string Frame(PreferenceWords words, ShopSettings shop, string title, string content)
    {
        var name = Safe(shop.Name);
        return $$"""
            <!DOCTYPE html>
            <html lang="{{words.Language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>{{Safe(title)}} | {{name}}</title>
            <style>
            * { box-sizing:border-box; }
            body { margin:0; padding:0 1rem; background:{{shop.Brand.Page}}; color:{{shop.Brand.Text}};
              word-break:auto-phrase;
              font:16px/1.8 -apple-system,BlinkMacSystemFont,"Hiragino Sans","Yu Gothic Medium",Meiryo,sans-serif; }
            main { max-width:34rem; margin:8vh auto 0; padding:2rem; background:{{shop.Brand.Card}};
              border-top:4px solid {{Layout.Accent(shop.Accent)}}; border-radius:8px;
              box-shadow:0 1px 3px rgba(0,0,0,.06); }
            h1 { font-size:1.35rem; margin:0 0 1rem; }
            h2 { font-size:1rem; margin:2rem 0 .25rem; padding-top:1.5rem; border-top:1px solid #e4e4de; }
            p { margin:0 0 1rem; }
            button { font:inherit; font-weight:bold; line-height:1.5; padding:.7rem 1.4rem; border-radius:6px;
              cursor:pointer; }
            button.main { width:100%; border:0; background:{{Layout.Accent(shop.Accent)}};
              color:{{Layout.OnAccent(shop.Accent)}}; }
            button.quiet { border:1px solid #8a8f8b; background:{{shop.Brand.Card}}; color:inherit; }
            button:hover { filter:brightness(.95); }
            button:focus-visible, input:focus-visible { outline:3px solid #5b9bd5; outline-offset:2px; }
            .row { display:grid; gap:.5rem 1rem; align-items:center; padding:.75rem 0; }
            .row p { margin:0; }
            @media (min-width:34rem) { .row { grid-template-columns:1fr 14rem; } }
            label { display:block; padding:.4rem 0; }
            input[type=email] { display:block; width:100%; height:2.8rem; margin:.25rem 0 .75rem; padding:0 .75rem;
              font:inherit; color:inherit; background:{{shop.Brand.Card}}; border:1px solid #8a8f8b;
              border-radius:6px; }
            input[type=checkbox] { width:1.1rem; height:1.1rem; vertical-align:-.15rem; margin-right:.5rem;
              accent-color:{{Layout.Accent(shop.Accent)}}; }
            label:last-of-type { margin-bottom:.75rem; }
            .said { padding:.6rem 1rem; background:#eef4ee; color:#2b2e2c; border-radius:6px; }
            .note { font-size:.85rem; }
            footer { font-size:.85rem; color:{{Colour.Readable("#5f635f", shop.Brand.Page)}}; }
            a { color:inherit; }
            .back { margin:2rem 0 0; }
            .note { margin:.6rem 0 0; }
            footer { max-width:34rem; margin:1rem auto 3rem; padding:0 2rem; }
            @media (prefers-color-scheme:dark) {
              body { background:#17191a; color:#ececea; }
              main { background:#222527; box-shadow:none; }
              h2 { border-color:#4a4f52; }
              button.quiet, input[type=email] { background:#222527; }
              .said { background:#2c3a33; color:#ececea; }
              footer { color:#a9aca8; }
            }
            </style>
            </head>
            <body>
            <main><h1>{{Safe(title)}}</h1>{{content}}</main>
            <footer>{{name}}<br>{{Safe(shop.PostalAddress)}}<br>
            {{Safe(words.Contact)}}{{Safe(shop.Contact.Email)}}</footer>
            </body>
            </html>

            """;
    }
}
