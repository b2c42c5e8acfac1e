using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Time;

namespace Automation.Functions.Hosting;

/// <summary>Keys of API and console: <c>Api:Key</c> is the operator's own, <c>Api:Keys:{name}</c> are those of others,
/// each with its role.</summary>
public static class KeyReader
{
    /// <summary>The name of the operator's own key.</summary>
    public const string Own = "owner";

    private const int Shortest = 16, LongestName = 40;
    private static readonly string[] OfKey = ["Key", "PreviousKey", "Role"];
    private static readonly string[] Roles = [.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())];

    public static IReadOnlyList<ConfiguredKey> Read(IConfiguration configuration, List<string> problems)
    {
        foreach (var own in (string[])["Key", "PreviousKey"])
            if (configuration[$"Api:{own}"]?.Trim() is { Length: > 0 and < Shortest })
                problems.Add(
                    $"Api:{own} is too short: at least {Shortest} characters, or leave it out and one is generated.");
        List<ConfiguredKey> keys = [];
        if (configuration["Api:PreviousKey"]?.Trim() is { Length: > 0 } previous)
            keys.Add(new(Own, previous, null, Role.Operator));
        foreach (var section in configuration.GetSection("Api:Keys").GetChildren()) keys.Add(One(section, problems));
        foreach (var same in keys.SelectMany(key => (string?[])[key.Key, key.PreviousKey])
            .Append(configuration["Api:Key"]?.Trim())
            .OfType<string>().Where(text => text != "").CountBy(text => text).Where(text => text.Value > 1))
            problems.Add(
                "Api:Keys: two names have the same key; what somebody does could not be told from what another does.");
        return keys;
    }

    private static ConfiguredKey One(IConfigurationSection section, List<string> problems)
    {
        var (name, path) = (section.Key, section.Path);
        if (name.Length > LongestName || name == Own
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@'))
            problems.Add(
                $"{path}: a key's name stands in the audit: up to {LongestName} letters, digits, dashes and dots, "
                    + $"and not '{Own}', which is the name of Api:Key.");
        foreach (var unknown in section.GetChildren()
            .Where(child => !OfKey.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            problems.Add($"{unknown.Path} is not known; a key has {string.Join(", ", OfKey)}.");
        var (key, previous) = (section["Key"]?.Trim() ?? "", section["PreviousKey"]?.Trim());
        if (key == "") problems.Add($"{path}:Key is missing: at least {Shortest} characters that nobody can guess.");
        foreach (var (part, text) in (IEnumerable<(string, string?)>)[("Key", key), ("PreviousKey", previous)])
            if (text is { Length: > 0 and < Shortest })
                problems.Add($"{path}:{part} is too short: at least {Shortest} characters.");
        return new(name, key, previous is { Length: > 0 } ? previous : null, RoleOf(section, problems));
    }

    private static Role RoleOf(IConfigurationSection section, List<string> problems)
    {
        if (section["Role"]?.Trim() is not { Length: > 0 } said)
        {
            problems.Add($"{section.Path}:Role is missing: {string.Join(", ", Roles)}.");
            return default;
        }
        if (Roles.Contains(said) && Enum.TryParse<Role>(said, ignoreCase: true, out var role)) return role;
        var near = Nearest.To(said, Roles) is { } meant ? $" (did you mean {meant}?)" : "";
        problems.Add($"{section.Path}:Role is '{said}'{near}; it must be {string.Join(" or ", Roles)}.");
        return default;
    }

    /// <summary>All keys that hold.</summary>
    public static Keyring Ring(Settings settings, OwnKey own) => new(
    [
        new NamedKey(new(Own, Role.Operator), own.Text),
        .. settings.ApiKeys.SelectMany(key => (NamedKey[])
        [
            new(new(key.Name, key.Role), key.Key),
            .. key.PreviousKey is { } previous ? (NamedKey[])[new(new(key.Name, key.Role), previous)] : [],
        ]),
    ]);
}
