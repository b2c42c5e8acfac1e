using System.Text.Json;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>What an update step makes of a customer. Pure; the same update twice changes nothing more.</summary>
public static class Updates
{
    public static Customer Apply(Step.Update update, Customer customer)
    {
        var tags = customer.Tags.Except(update.RemoveTags ?? []).Union(update.AddTags ?? []).ToList();
        return (update.Set is { } set ? customer.Having(set) : customer) with { Tags = tags };
    }

    public static string InWords(Step.Update update)
    {
        string[] parts =
        [
            .. (update.AddTags ?? []).Select(tag => $"+{tag}"),
            .. (update.RemoveTags ?? []).Select(tag => $"-{tag}"),
            .. (update.Set ?? new Dictionary<string, JsonElement>()).Select(set => $"{set.Key} = {set.Value}"),
        ];
        return $"updated {string.Join(", ", parts)}";
    }
}
