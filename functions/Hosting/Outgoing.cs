using Automation.Marketing.Consent;
using Automation.Marketing.Sending;

namespace Automation.Functions.Hosting;

/// <summary>How mails leave: transport, sender identities and opt-out links as configured.</summary>
public static class Outgoing
{
    public static IMailTransport Transport(Settings settings, TimeProvider wall, ILoggerFactory logs) =>
        settings.Mail.Transport switch
        {
            "sendgrid" => new SendGridTransport(
                new Marketing.Sending.SendGridSettings
                {
                    ApiKey = settings.SendGrid.ApiKey!,
                    BaseUrl = settings.SendGrid.BaseUrl,
                    Sandbox = settings.SendGrid.Sandbox
                },
                wall, logs.CreateLogger("Automation.SendGrid")),
            _ => new FolderTransport(Path.Combine(settings.DataFolder, "outbox")),
        };

    public static ILineTransport Line(ConfiguredLine line, TimeProvider wall, ILoggerFactory logs) =>
        new LineTransport(new(line.AccessToken, line.BaseUrl), wall, logs.CreateLogger("Automation.Line"));

    public static Senders Senders(Settings settings, LinkTokens links) => new()
    {
        From = settings.Mail.From,
        FromName = settings.Mail.FromName,
        ReplyTo = settings.Mail.ReplyTo,
        TransactionalFrom = settings.Mail.TransactionalFrom,
        PublicUrl = settings.PublicUrl,
        Tokens = links.Stops,
        Confirmations = links.Confirmations,
        Invitations = links.Invitations,
    };

    /// <summary>The secret of links is made up at first start: whoever loses it breaks the links in mails already
    /// sent.</summary>
    public static LinkTokens Links(Settings settings) =>
        LinkTokens.Of(System.Text.Encoding.ASCII.GetBytes(Files.Secret(LinksSecret(settings))));

    /// <summary>The file that keeps it.</summary>
    public static string LinksSecret(Settings settings) => Path.Combine(settings.DataFolder, "links.secret");
}
