namespace Automation.Functions.Hosting;

/// <summary>How a shop platform's own API is reached, for what <c>connect</c> and <c>doctor</c> do there.</summary>
/// <param name="Url">The shop at its platform, without trailing slash.</param>
/// <param name="Token">Shopify: the Admin API access token of an app.</param>
/// <param name="Key">WooCommerce: the consumer key of its REST API.</param>
/// <param name="KeySecret">WooCommerce: the consumer secret.</param>
public sealed record SourceAdmin(string Url, string? Token, string? Key, string? KeySecret)
{
    /// <summary>Without token and keys.</summary>
    public override string ToString() => Url;

    /// <summary><c>Sources:{name}:Url</c> with <c>:AdminToken</c> (Shopify), or <c>:AdminKey</c> and
    /// <c>:AdminSecret</c> (WooCommerce). Null where nothing is said of it.</summary>
    public static SourceAdmin? Read(IConfigurationSection source, string? platform, List<string> problems)
    {
        var (path, url) = (source.Path, Text("Url"));
        var (token, key, secret) = (Text("AdminToken"), Text("AdminKey"), Text("AdminSecret"));
        if ((url ?? token ?? key ?? secret) is null) return null;
        if (platform == "generic")
        {
            problems.Add($"{path}:Url: a generic source has no API to be asked; leave it out.");
            return null;
        }
        if (url is null) problems.Add($"{path}:Url is missing: the shop at its platform, e.g. "
            + (platform == "shopify" ? "https://your-shop.myshopify.com." : "https://shop.example.jp."));
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            problems.Add($"{path}:Url is '{url}'; it must be an address such as https://shop.example.jp.");
        else if (uri.Scheme != "https" && !uri.IsLoopback)
            problems.Add($"{path}:Url must be https: keys are sent there.");
        if (platform == "shopify" && token is null) problems.Add(
            $"{path}:AdminToken is missing: the Admin API access token of an app in the shop (environment: "
            + $"{path.Replace(":", "__", StringComparison.Ordinal)}__AdminToken).");
        if (platform == "woocommerce" && (key is null || secret is null)) problems.Add(
            $"{path}:AdminKey and {path}:AdminSecret are needed: consumer key and secret of WooCommerce's REST API, "
            + "permissions Read/Write.");
        foreach (var odd in new[] { ("AdminToken", token), ("AdminKey", key), ("AdminSecret", secret) }
            .Where(one => one.Item2?.All(c => c is > ' ' and <= '~') == false))
            problems.Add($"{path}:{odd.Item1} is not a key: copy it whole and without line breaks.");
        return new((url ?? "").TrimEnd('/'), token, key, secret);

        string? Text(string name) => source[name]?.Trim() is { Length: > 0 } text ? text : null;
    }
}
