using Automation.Storage;

namespace Automation.Marketing.Engagement;

/// <summary>What a person should look at because the provider says so: rows <c>stuck</c> of <c>Attention</c>, one for
/// each matter with its latest time.</summary>
public sealed class AccountAttention(Tables tables)
{
    public Task Note(string provider, string matter, DateTimeOffset at) =>
        tables.Attention.Upsert(new Row("stuck",
            $"provider|{Keys.Safe($"{provider} {matter}")}") { { "Reason", $"{provider}: {matter}" }, { "At", at } },
            UpdateMode.Replace);
}
