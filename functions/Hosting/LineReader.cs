namespace Automation.Functions.Hosting;

/// <summary>The shop's channel of LINE's Messaging API: <c>Line:{channel}</c>.</summary>
/// <param name="Name">Part of the webhook's address.</param>
/// <param name="Secret">The channel secret: signs webhooks.</param>
/// <param name="AccessToken">A channel access token (long-lived): sends.</param>
public sealed record ConfiguredLine(string Name, string Secret, string AccessToken, string BaseUrl)
{
    public const string Host = "https://api.line.me";

    /// <summary>Without secret and token.</summary>
    public override string ToString() => Name;
}

/// <summary><c>Line:{channel}:Secret</c>, <c>:AccessToken</c> and <c>:BaseUrl</c>.</summary>
public static class LineReader
{
    private const int ShortestSecret = 16;
    private static readonly string[] OfChannel = ["Secret", "AccessToken", "BaseUrl"];

    /// <summary>Null: the shop is not on LINE. A customer's id on LINE is another one with every provider, and a shop
    /// speaks with one voice: there is one channel.</summary>
    public static ConfiguredLine? Read(IConfiguration configuration, List<string> problems)
    {
        var sections = configuration.GetSection("Line").GetChildren().ToList();
        if (sections.Count == 0) return null;
        if (sections.Count > 1) problems.Add(
            $"Line has {string.Join(", ", sections.Select(section => section.Key))}: there can be one channel, "
            + "Line:{channel}:Secret and Line:{channel}:AccessToken.");
        var channel = sections[0];
        var (name, key) = (channel.Key, channel.Path);
        if (channel.Value is not null || !SettingsReader.IsSourceName(name))
        {
            problems.Add(
                $"{key}: a channel's name is part of its webhook address: up to 40 lower-case letters, digits and "
                + "dashes, and what belongs to it stands below it, as in Line:shop:Secret.");
            return null;
        }
        foreach (var unknown in channel.GetChildren()
            .Where(child => !OfChannel.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            problems.Add($"{unknown.Path} is not known; a channel has {string.Join(", ", OfChannel)}.");
        var (secret, token) = (Text("Secret"), Text("AccessToken"));
        if (secret is null) problems.Add(
            $"{key}:Secret is missing: the channel secret, in LINE's console under Basic settings (environment: "
            + $"Line__{name}__Secret).");
        else if (secret.Length < ShortestSecret) problems.Add(
            $"{key}:Secret is too short: copy the whole channel secret, 32 letters and digits.");
        if (token is null) problems.Add(
            $"{key}:AccessToken is missing: a long-lived channel access token, in LINE's console under Messaging API "
            + $"(environment: Line__{name}__AccessToken).");
        else if (token.Any(c => c is <= ' ' or > '~')) problems.Add(
            $"{key}:AccessToken is not a token: copy it whole and without line breaks.");
        var url = (Text("BaseUrl") ?? ConfiguredLine.Host).TrimEnd('/');
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            problems.Add($"{key}:BaseUrl is '{url}'; leave it out, it is {ConfiguredLine.Host}.");
        return new(name, secret ?? "", token ?? "", url);

        string? Text(string of) => channel[of]?.Trim() is { Length: > 0 } text ? text : null;
    }
}
