using System.Globalization;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Hosting;

/// <summary>What the operator sees at start: where it listens, what it takes, where mails go.</summary>
public static class Announcement
{
    public static async Task Print(StandaloneHost host, TextWriter to)
    {
        var (parts, settings) = (host.Parts, host.Parts.Settings);
        var address = host.Addresses.First();
        to.WriteLine($"Listening on {address}");
        to.WriteLine(Key(parts));
        foreach (var source in settings.Sources)
            to.WriteLine($"  source    {source.Name} ({source.Platform})   POST {address}/webhooks/orders/{source.Name}");
        if (settings.Sources is [{ Secret: null } demo])
            to.WriteLine($"            no source is configured; this one is for trying out: X-Signature: sha256=<hex HMAC-SHA256 of the body>, secret in {Sources.SecretFile(settings, demo)}");
        to.WriteLine($"  journeys  {(parts.Capabilities.Journeys.All.Any() ? string.Join(", ", parts.Capabilities.Journeys.All.Select(j => j.Id + (parts.Capabilities.Journeys.IsPaused(j.Id) ? " (paused)" : "")).Order()) : "none")}   from {settings.ShopFolder}");
        foreach (var newsletter in parts.Capabilities.Newsletters.All())
            to.WriteLine(
                $"  newsletter {newsletter.Id}   {await Next(parts, newsletter)}   GET {address}/api/calendar");
        foreach (var problem in parts.ShopWatch.Problems) to.WriteLine($"            {problem}");
        to.WriteLine(settings.Mail.Transport == "folder"
            ? $"  mails     into {Path.Combine(settings.DataFolder, "outbox")} (Mail:Transport=folder)"
            : $"  mails     through {settings.SendGrid.BaseUrl} from {settings.Mail.From}{(settings.SendGrid.Sandbox ? ", sandbox: nothing is delivered" : "")}");
        if (parts.SendGridDoor is not null) to.WriteLine($"  events    POST {address}/webhooks/sendgrid");
        else if (settings.Mail.Transport == "sendgrid") to.WriteLine("  events    not taken: SendGrid:WebhookPublicKey is missing; bounces, complaints and opt-outs at SendGrid stay unknown here");
        to.WriteLine($"  data      {settings.DataFolder}");
        if (parts.Time != parts.Wall)
            to.WriteLine($"  clock     {parts.Time.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {settings.ClockRate:0.###} shop seconds a second");
    }

    /// <summary>
    /// A key that was just made up, once; where it lies ever after: what is printed at a start stays in logs.
    /// </summary>
    private static string Key(Parts parts) => parts switch
    {
        { Settings.ApiKey: not null } => "  api       Authorization: Bearer <Api:Key>",
        { ApiKeyIsNew: true } =>
            $"  api       Authorization: Bearer {parts.ApiKey}   (made up just now; from now on see {ApiKey.File(parts.Settings)})",
        _ => $"  api       Authorization: Bearer <the key in {ApiKey.File(parts.Settings)}>",
    };

    private static async Task<string> Next(Parts parts, Newsletter newsletter) => await parts.Calendar.Next(
        newsletter) is { } next
        ? string.Create(CultureInfo.InvariantCulture,
            $"next {next.Slot.At:ddd yyyy-MM-dd HH:mm}, {next.State.ToString().ToLowerInvariant()}")
        : "no slot in the next weeks";
}
