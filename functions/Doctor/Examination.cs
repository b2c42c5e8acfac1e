using Automation.Functions.Connecting;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Doctor;

/// <summary>Looks at everything an installation stands on: the program, its storage and disk, the mail provider, the
/// sender domains, the links, the webhooks of connected platforms, the clock. Changes nothing.</summary>
public sealed class Examination(Settings settings, TimeProvider wall, CancellationToken cancellation)
{
    private readonly List<TimeSpan> ahead = [];

    private bool Sends => settings.Mail.Transport == "sendgrid";

    /// <summary>All findings, in the order in which they are best mended.</summary>
    public async Task<IReadOnlyList<Finding>> Run()
    {
        using var asking = new Asking(wall);
        List<Finding> found =
        [
            await DataCheck.Program(settings.Urls, asking, cancellation),
            await DataCheck.Storage(settings, cancellation),
        ];
        if (!settings.Storage.IsAzure) found.Add(DataCheck.Disk(settings.DataFolder));
        found.AddRange(await Provider(asking));
        found.AddRange(await Domains());
        found.Add(await LinksCheck.Look(settings.PublicUrl, Sends, asking, cancellation));
        if (settings.Model is { } model) found.Add(await ModelCheck.Look(model, wall, cancellation));
        foreach (var source in settings.Sources.Where(source => source.Platform != "generic"))
            found.Add(await Webhooks(source, asking));
        found.Add(ClockCheck.Judge(
            ahead, Clock.Remembered(settings.DataFolder), settings.ClockRate, wall.GetUtcNow()));
        return found;
    }

    private async Task<IReadOnlyList<Finding>> Provider(Asking asking)
    {
        if (settings.SendGrid.ApiKey is null)
            return [Finding.Ok("SendGrid", "not used: mails go into the outbox folder (Mail:Transport=folder)")];
        var (key, theirs) = await SendGridKey.Look(settings.SendGrid, asking, cancellation);
        if (theirs is { } known) ahead.Add(known);
        List<Finding> found = [key];
        if (!Sends) found.Add(Finding.Warn("SendGrid", "there is a key, and mails go into the outbox folder",
            "Mail:Transport=sendgrid once they are to arrive."));
        if (settings.SendGrid.Sandbox) found.Add(Finding.Warn("SendGrid", "sandbox: nothing is delivered",
            "Leave SendGrid:Sandbox out once mails are to arrive."));
        if (Sends && settings.SendGrid.WebhookPublicKey is null) found.Add(Finding.Warn(
            "SendGrid events", "they are not taken: bounces, complaints and opt-outs at SendGrid stay unknown here",
            "SendGrid:WebhookPublicKey: docs/engagement.md."));
        return found;
    }

    private async Task<IReadOnlyList<Finding>> Domains()
    {
        string[] domains =
        [
            .. new[] { settings.Mail.From, settings.Mail.TransactionalFrom }.OfType<string>()
                .Select(address => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant()).Distinct(),
        ];
        if (domains.Length == 0) return [Finding.Ok("sender domain", "none is configured (Mail:From)")];
        var lookup = new DomainLookup(settings.Dns);
        var found = new List<Finding>();
        foreach (var domain in domains)
            found.AddRange(DomainCheck.Judge(await lookup.Look(domain, cancellation)));
        return found;
    }

    /// <summary>What is missing at a platform, in one line.</summary>
    private async Task<Finding> Webhooks(ConfiguredSource source, Asking asking)
    {
        var what = $"webhooks {source.Name}";
        if (source.Admin is null) return Finding.Ok(
            what, $"not looked at: Sources:{source.Name}:Url and "
            + $"{(source.Platform == "shopify" ? "AdminToken" : "AdminKey, AdminSecret")} let them be");
        var admin = PlatformAdmin.Of(source, asking, wall);
        try
        {
            var wanted = WantedWebhook.Of(source.Platform, ShopFolder.Read(settings.ShopFolder).Shop);
            var topics = await new Connection(wanted, source, admin, settings.WebhookOf(source.Name), wall)
                .Run(dryRun: true, cancellation);
            return topics.MaxBy(topic => topic.Grade) is { Grade: not Grade.Ok } worst
                ? worst with
                {
                    What = what,
                    Says = $"{topics.Count(topic => topic.Grade != Grade.Ok)} of {topics.Count} are not right: "
                        + $"{worst.What} {worst.Says}",
                }
                : Finding.Ok(what, $"all {topics.Count} are there");
        }
        catch (RefusedException refused)
        {
            return Finding.Wrong(what, refused.Message, refused.Remedy);
        }
        catch (UnclearException unclear)
        {
            return Finding.Warn(what, $"{source.Admin.Url} does not answer: {unclear.Message}", "Look again later.");
        }
        finally
        {
            if (admin.Ahead is { } theirs) ahead.Add(theirs);
        }
    }
}
