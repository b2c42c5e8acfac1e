using System.Globalization;
using System.Net;
using Automation.Functions.Http;
using Automation.Marketing.Engagement;
using Automation.Marketing.Time;

namespace Automation.Functions.Hosting;

/// <summary>Configuration to settings: appsettings.json, then the environment (<c>Section__Key</c>), then the command
/// line (<c>--Section:Key=…</c>).</summary>
public static class SettingsReader
{
    private const int ShortestSecret = 16;
    private static readonly string[] Platforms = ["shopify", "woocommerce", "generic"];
    private static readonly string[] OfSource = [
        "Platform", "Secret", "PreviousSecret", "ConsentMetaKey", "PlacedStatuses", "DeliveredStatuses", "Url",
        "AdminToken", "AdminKey", "AdminSecret",
    ];
    private static readonly string[] Engines = ["sqlite", "azure"];
    private static readonly string[] Transports = ["folder", "sendgrid"];
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Shop"] = ["Folder"],
        ["Data"] = ["Folder"],
        ["Storage"] = ["Engine", "ConnectionString", "Account"],
        ["Mail"] = ["Transport", "From", "FromName", "ReplyTo", "TransactionalFrom", "SettleAfter"],
        ["SendGrid"] = ["ApiKey", "BaseUrl", "WebhookPublicKey", "ChunkSize", "Sandbox"],
        ["Site"] = ["PublicUrl", "Proxies"],
        ["Api"] = ["Key", "PreviousKey", "Keys"],
        ["Chat"] = ["Model"],
        ["Clock"] = ["Rate"],
        ["Dns"] = ["Server"],
        ["Metrics"] = ["Enabled"],
        ["Demo"] = ["Customers"],
    };

    /// <summary>The three places in their order; a file <c>appsettings.json</c> in the current folder overrides the
    /// program's own. SettingsException where one is not JSON.</summary>
    public static IConfigurationRoot Gather(string[] arguments)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddCommandLine(arguments)
                .Build();
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingsException([$"{wrong.Message} {wrong.GetBaseException().Message}"]);
        }
    }

    private static readonly string[] Sections = [.. Known.Keys, "Urls", "Sources", "Line", "Logging"];

    /// <summary>Is this a key somebody may set?</summary>
    public static bool IsKey(string key) => key.Split(':') switch
    {
        [var one] => one.Equals("Urls", StringComparison.OrdinalIgnoreCase),
        [var section, ..] when section.Equals("Sources", StringComparison.OrdinalIgnoreCase)
            || section.Equals("Line", StringComparison.OrdinalIgnoreCase)
            || section.Equals("Logging", StringComparison.OrdinalIgnoreCase) => true,
        [var chat, var model, var name] => chat.Equals("Chat", StringComparison.OrdinalIgnoreCase)
            && model.Equals("Model", StringComparison.OrdinalIgnoreCase) && ModelReader.Knows(name),
        [var api, var keys, _, _] => api.Equals("Api", StringComparison.OrdinalIgnoreCase)
            && keys.Equals("Keys", StringComparison.OrdinalIgnoreCase),
        [var section, var name] => Known.TryGetValue(section, out var names)
            && names.Contains(name, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Reads and checks; SettingsException lists everything that is wrong at once.</summary>
    /// <param name="check">What else must be right where these settings are used.</param>
    public static Settings Read(IConfiguration configuration, Func<Settings, IEnumerable<string>>? check = null)
    {
        List<string> problems = [.. UnknownKeys(configuration), .. Unresolved(configuration)];
        var storage = new StorageSettings(OneOf("Storage:Engine", Text("Storage:Engine") ?? "sqlite", Engines),
            Text("Storage:ConnectionString"), Text("Storage:Account"));
        if (storage is { IsAzure: true, ConnectionString: null, Account: null }) problems.Add(
            "Storage:ConnectionString or Storage:Account is missing: Storage:Engine=azure needs a connection string, "
            + "or the account's name (Entra ID).");
        var from = Text("Mail:From");
        var transport = OneOf("Mail:Transport", Text("Mail:Transport") ?? "folder", Transports);
        if (transport == "sendgrid" && Text("SendGrid:ApiKey") is null) problems.Add(
            "SendGrid:ApiKey is missing: Mail:Transport=sendgrid needs it (a key with the permission Mail Send).");
        if (transport == "sendgrid" && from is null)
            problems.Add("Mail:From is missing: the verified sender address of marketing mails.");
        if (transport == "sendgrid" && Text("Mail:TransactionalFrom") is null) problems.Add(
            "Mail:TransactionalFrom is missing: the sender address of order mails, another one than Mail:From.");
        if (Text("SendGrid:WebhookPublicKey") is { } key && !SendGridSignature.IsKey(key)) problems.Add(
            "SendGrid:WebhookPublicKey is not a public key: copy it as SendGrid shows it (Signed Event Webhook), "
            + "MFkw… without line breaks.");
        if (Text("Logging:Console:FormatterName") is { } format && format is not ("simple" or "json" or "systemd"))
            problems.Add($"Logging:Console:FormatterName is {format}: the log is written simple, json or systemd.");
        var settings = new Settings
        {
            Urls = Listening(Text("Urls") ?? "http://localhost:7071"),
            ShopFolder = Path.GetFullPath(Text("Shop:Folder") ?? "shop"),
            DataFolder = Path.GetFullPath(Text("Data:Folder") ?? "data"),
            Storage = storage,
            Sources = Sources(configuration, problems),
            Mail = new MailSettings
            {
                Transport = transport,
                From = Address("Mail:From"),
                FromName = Text("Mail:FromName"),
                ReplyTo = Address("Mail:ReplyTo"),
                TransactionalFrom = Address("Mail:TransactionalFrom"),
                SettleAfter = SettleAfter(),
            },
            SendGrid = new SendGridSettings
            {
                ApiKey = Text("SendGrid:ApiKey"),
                BaseUrl = Url("SendGrid:BaseUrl", "https://api.sendgrid.com"),
                WebhookPublicKey = Text("SendGrid:WebhookPublicKey"),
                ChunkSize = (int)Number("SendGrid:ChunkSize", 500, 1, 1000),
                Sandbox = Flag("SendGrid:Sandbox"),
            },
            Line = LineReader.Read(configuration, problems),
            Model = ModelReader.Read(configuration, problems),
            PublicUrl = Url("Site:PublicUrl", "http://localhost:7071"),
            Dns = Server("Dns:Server"),
            HasMetrics = Flag("Metrics:Enabled"),
            Proxies = ProxyReader.Read(Text("Site:Proxies"), problems),
            ApiKey = Text("Api:Key"),
            ApiKeys = KeyReader.Read(configuration, problems),
            DemoCustomers = (int)Number("Demo:Customers", Demo.DemoYear.Usual, 1, 1_000_000),
            ClockRate = Number("Clock:Rate", 1, 0.001, 10_000_000),
        };
        if (check is not null) problems.AddRange(check(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);

        string? Text(string key) =>
            configuration[key] is { } value && value.Trim() is { Length: > 0 } text ? text : null;

        string OneOf(string key, string value, string[] allowed)
        {
            if (!allowed.Contains(value))
                problems.Add($"{key} is '{value}'; it must be {string.Join(" or ", allowed)}.");
            return value;
        }

        string? Address(string key)
        {
            if (Text(key) is not { } value) return null;
            if (value.Count(c => c == '@') != 1 || value.Any(char.IsWhiteSpace))
                problems.Add($"{key} is '{value}', which is not an e-mail address.");
            return value;
        }

        string Listening(string url)
        {
            if (!Uri.TryCreate(
                url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal),
                UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.PathAndQuery != "/")
                problems.Add(
                    $"Urls is '{url}'; it must be one address such as http://localhost:7071 (https and paths are the "
                    + $"reverse proxy's).");
            return url;
        }

        string Url(string key, string otherwise)
        {
            var value = (Text(key) ?? otherwise).TrimEnd('/');
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                problems.Add($"{key} is '{value}'; it must be an address such as https://shop.example.jp.");
            return value;
        }

        IPEndPoint? Server(string key)
        {
            if (Text(key) is not { } value) return null;
            if (!IPEndPoint.TryParse(value, out var server))
                problems.Add($"{key} is '{value}'; it must be the address of a DNS server, 1.1.1.1 or 10.0.0.4:53.");
            return server is { Port: 0 } ? new(server.Address, 53) : server;
        }

        double Number(string key, double otherwise, double lowest, double highest)
        {
            if (Text(key) is not { } value) return otherwise;
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number >= lowest && number <= highest) return number;
            problems.Add($"{key} is '{value}'; it must be a number from {lowest} to {highest}.");
            return otherwise;
        }

        // Where the provider says what became of mails it is listened to for longer.
        TimeSpan SettleAfter() => Minutes("Mail:SettleAfter", Text("SendGrid:WebhookPublicKey") is null ? 15 : 60);

        TimeSpan Minutes(string key, int otherwise)
        {
            if (Text(key) is not { } value) return TimeSpan.FromMinutes(otherwise);
            if (Period.TryParse(value, out var period))
                return period.After(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) - DateTimeOffset.UnixEpoch;
            problems.Add($"{key} is '{value}'; it must be a period such as \"{otherwise} minutes\".");
            return default;
        }

        bool Flag(string key)
        {
            if (Text(key) is not { } value) return false;
            if (!bool.TryParse(value, out var flag)) problems.Add($"{key} is '{value}'; it must be true or false.");
            return flag;
        }
    }

    /// <summary>Part of a webhook's address, and of every id that comes from there.</summary>
    public static bool IsSourceName(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static List<ConfiguredSource> Sources(IConfiguration configuration, List<string> problems)
    {
        List<ConfiguredSource> sources = [];
        foreach (var section in configuration.GetSection("Sources").GetChildren())
        {
            var (name, platform, secret) = (section.Key, section["Platform"], section["Secret"]);
            var key = $"Sources:{name}";
            if (!IsSourceName(name))
                problems.Add(
                    $"{key}: a source's name is part of its webhook address: up to 40 lower-case letters, digits and "
                    + $"dashes.");
            if (string.IsNullOrWhiteSpace(platform))
                problems.Add($"{key}:Platform is missing: {string.Join(", ", Platforms)}.");
            else if (!Platforms.Contains(platform))
                problems.Add($"{key}:Platform is '{platform}'; known platforms are {string.Join(", ", Platforms)}.");
            if (string.IsNullOrWhiteSpace(secret)) problems.Add(
                $"{key}:Secret is missing: the secret the platform signs its webhooks with (environment: "
                + $"Sources__{name}__Secret).");
            foreach (var unknown in section.GetChildren()
                .Where(child => !OfSource.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
                problems.Add(
                    $"{unknown.Path} is not known; a source has Platform, Secret, PreviousSecret, PlacedStatuses, Url, "
                    + "AdminToken (Shopify) and (WooCommerce) DeliveredStatuses, ConsentMetaKey, AdminKey, "
                    + "AdminSecret.");
            foreach (var guessable in (string[])["Secret", "PreviousSecret"])
                if (section[guessable] is { Length: < ShortestSecret } text && !string.IsNullOrWhiteSpace(text))
                    problems.Add(
                        $"{key}:{guessable} is too short: at least {ShortestSecret} characters, or it can be guessed "
                        + $"from one webhook. "
                            + "Set a longer one here and at the platform.");
            sources.Add(new ConfiguredSource
            {
                Name = name,
                Platform = platform ?? "",
                Secret = secret,
                PreviousSecret = Text("PreviousSecret"),
                ConsentMetaKey = Text("ConsentMetaKey"),
                PlacedStatuses = StatusReader.Read(section, "PlacedStatuses", platform, problems),
                DeliveredStatuses = StatusReader.Read(section, "DeliveredStatuses", platform, problems),
                Admin = SourceAdmin.Read(section, platform, problems),
            });

            string? Text(string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name];
        }
        return sources is [] ? [ConfiguredSource.Demo] : sources;
    }

    /// <summary>A Key Vault reference that the platform could not resolve arrives as its own text: a secret that
    /// anybody can guess.</summary>
    private static IEnumerable<string> Unresolved(IConfiguration configuration) =>
        from setting in configuration.AsEnumerable()
        where setting.Value?.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true
        select $"{setting.Key} is a Key Vault reference that was not resolved: is the secret in the vault, and may "
            + $"the app read it?";

    private static IEnumerable<string> UnknownKeys(IConfiguration configuration) => (
        from section in Known
        from child in configuration.GetSection(section.Key).GetChildren()
        where !section.Value.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
        select $"{child.Path} is not known; {section.Key} has {string.Join(", ", section.Value)}.").Concat(
        from section in configuration.GetChildren()
        where section.GetChildren().Any() && !IsSection(section.Key) && Nearest.To(section.Key, Sections) is not null
        select $"{section.Key} is not known (did you mean {Nearest.To(section.Key, Sections)}?).");

    private static bool IsSection(string name) => Sections.Contains(name, StringComparer.OrdinalIgnoreCase);
}
