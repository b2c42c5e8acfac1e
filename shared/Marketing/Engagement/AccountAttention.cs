using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Engagement;

/// <summary>What a person should look at because the provider says so: rows <c>stuck</c> of <c>Attention</c>, one for
/// each matter with its latest time.</summary>
public sealed partial class AccountAttention(Tables tables, ILogger<AccountAttention> log)
{
    private const string Provider = "SendGrid";

    /// <summary>Says it in the log, and keeps it for a person.</summary>
    public Task Note(string matter, DateTimeOffset at)
    {
        LogAttention(Provider, matter);
        return tables.Attend("stuck", $"provider|{Keys.Safe($"{Provider} {matter}")}", $"{Provider}: {matter}", at,
            CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} reports {Matter}")]
    private partial void LogAttention(string provider, string matter);
}
