using System.Globalization;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Engagement;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Local;

/// <summary>What the operator sees at start: where it listens, what it takes, where mails go.</summary>
public static class Announcement
{
    public static async Task Print(LocalHost host, TextWriter to)
    {
        var made = host.Services;
        var (settings, journeys) = (made.GetRequiredService<Settings>(), made.GetRequiredService<PublishedJourneys>());
        var address = host.Addresses.First();
        to.WriteLine($"Listening on {address}");
        to.WriteLine($"  console   {address}/console");
        to.WriteLine(Key(made.GetRequiredService<OwnKey>(), settings));
        foreach (var source in settings.Sources)
            to.WriteLine(
                $"  source    {source.Name} ({source.Platform})   POST {address}/webhooks/orders/{source.Name}");
        if (settings.Sources is [{ Secret: null } demo])
            to.WriteLine(
                $"            no source is configured; this one is for trying out: X-Signature: sha256=<hex "
                + $"HMAC-SHA256 of the body>, secret in {Sources.SecretFile(settings, demo)}");
        if (settings.Line is { } line)
            to.WriteLine($"  line      POST {address}/webhooks/line/{line.Name}");
        var walked = journeys.All.Select(one => one.Id + (journeys.IsPaused(one.Id) ? " (paused)" : ""))
            .Order().ToList();
        to.WriteLine(
            $"  journeys  {(walked.Count > 0 ? string.Join(", ", walked) : "none")}   from {settings.ShopFolder}");
        foreach (var newsletter in made.GetRequiredService<PublishedNewsletters>().All())
            to.WriteLine(
                $"  newsletter {newsletter.Id}   "
                + $"{await Next(made.GetRequiredService<NewsletterCalendar>(), newsletter)}   GET "
                + $"{address}/api/calendar");
        foreach (var problem in made.GetRequiredService<ShopWatch>().Problems) to.WriteLine($"            {problem}");
        to.WriteLine(settings.Mail.Transport == "folder"
            ? $"  mails     into {Path.Combine(settings.DataFolder, "outbox")} (Mail:Transport=folder)"
            : $"  mails     through {settings.SendGrid.BaseUrl} from "
                + $"{settings.Mail.From}{(settings.SendGrid.Sandbox ? ", sandbox: nothing is delivered" : "")}");
        if (made.GetService<SendGridSignature>() is not null)
            to.WriteLine($"  events    POST {address}/webhooks/sendgrid");
        else if (settings.Mail.Transport == "sendgrid") to.WriteLine(
            "  events    not taken: SendGrid:WebhookPublicKey is missing; bounces, complaints and opt-outs at "
            + "SendGrid stay unknown here");
        to.WriteLine($"  data      {settings.DataFolder}");
        var time = made.GetRequiredService<TimeProvider>();
        if (time != made.Wall())
            to.WriteLine(
                $"  clock     {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {settings.ClockRate:0.###} shop seconds "
                + $"a second");
    }

    /// <summary>A key that was just made up, once; where it lies ever after: what is printed at a start stays in
    /// logs.</summary>
    private static string Key(OwnKey key, Settings settings) => settings.ApiKey is not null
        ? "  api       Authorization: Bearer <Api:Key>"
        : key.IsNew
            ? $"  api       Authorization: Bearer {key.Text}   (made up just now; from now on see "
                + $"{OwnKey.File(settings)})"
            : $"  api       Authorization: Bearer <the key in {OwnKey.File(settings)}>";

    private static async Task<string> Next(NewsletterCalendar calendar, Newsletter newsletter) =>
        await calendar.Next(newsletter) is { } next
            ? string.Create(CultureInfo.InvariantCulture,
                $"next {next.Slot.At:ddd yyyy-MM-dd HH:mm}, {next.State.ToString().ToLowerInvariant()}")
            : "no slot in the next weeks";
}
