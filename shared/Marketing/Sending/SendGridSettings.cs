namespace Automation.Marketing.Sending;

/// <summary>The account at SendGrid (<c>SendGrid:…</c>).</summary>
public sealed record SendGridSettings
{
    public required string ApiKey { get; init; }

    /// <summary>EU accounts: <c>https://api.eu.sendgrid.com</c>.</summary>
    public string BaseUrl { get; init; } = "https://api.sendgrid.com";

    /// <summary>SendGrid checks and accepts, and sends nothing.</summary>
    public bool Sandbox { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Requests at a time.</summary>
    public int Connections { get; init; } = 64;
}
