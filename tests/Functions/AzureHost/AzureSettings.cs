namespace Automation.Functions.Tests.AzureHost;

/// <summary>App settings as Bicep sets them, for tests.</summary>
internal static class AzureSettings
{
    public const string Key = "the-key-of-the-tests";
    public const string Secret = "hush-hush-hush-hush";

    public static Dictionary<string, string> With(Dictionary<string, string> more)
    {
        Dictionary<string, string> settings = new()
        {
            ["Api__Key"] = Key,
            ["Sources__demo__Platform"] = "shopify",
            ["Sources__demo__Secret"] = Secret,
            ["Sources__pos__Platform"] = "generic",
            ["Sources__pos__Secret"] = Secret,
            ["Mail__Transport"] = "sendgrid",
            ["Mail__From"] = "news@example.jp",
            ["Mail__TransactionalFrom"] = "orders@example.jp",
            ["SendGrid__ApiKey"] = "SG.test",
            ["SendGrid__BaseUrl"] = "http://127.0.0.1:1",
            ["Site__PublicUrl"] = "https://shop.example.jp",
        };
        foreach (var (name, value) in more) settings[name] = value;
        return settings;
    }
}
