using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Engagement;

/// <summary>What a person should look at because the provider says so: rows <c>stuck</c> of <c>Attention</c>, one for
/// each matter with its latest time.</summary>
public sealed partial class AccountAttention(Tables tables, ILogger<AccountAttention> log)
{
    /// <summary>Says it in the log, and keeps it for a person.</summary>
    public Task Note(string provider, string matter, DateTimeOffset at)
    {
        LogAttention(provider, matter);
        return tables.Attention.Upsert(new Row("stuck",
            $"provider|{Keys.Safe($"{provider} {matter}")}") { { "Reason", $"{provider}: {matter}" }, { "At", at } },
            UpdateMode.Replace);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} reports {Matter}")]
    private partial void LogAttention(string provider, string matter);
}
