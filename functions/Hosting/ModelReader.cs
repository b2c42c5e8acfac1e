using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using Automation.Marketing.Time;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace Automation.Functions.Hosting;

/// <summary>The language model that words the chat's answers: <c>Chat:Model</c>.</summary>
public sealed record ConfiguredModel
{
    /// <summary>The model's, or the deployment's.</summary>
    public required string Name { get; init; }

    /// <summary>Where its API begins, as OpenAI serves it: <c>…/v1</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Null: it asks for none.</summary>
    public required string? Key { get; init; }

    /// <summary>How long its answer is waited for.</summary>
    public required double Seconds { get; init; }

    /// <summary>What could name a customer is not sent.</summary>
    public required bool Redacts { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Name} ({Url})";

    /// <summary>By OpenAI's own client, which also speaks to Azure OpenAI's v1 API and to whoever serves the same
    /// protocol. Asked once: whoever waits for an answer does not wait twice.</summary>
    public IChatClient Client() => new ChatClient(Name, new ApiKeyCredential(Key ?? "none"), new OpenAIClientOptions
    {
        Endpoint = new Uri(Url),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = TimeSpan.FromSeconds(Seconds),
    }).AsIChatClient();
}

/// <summary><c>Chat:Model:Name</c>, <c>:Url</c>, <c>:Key</c>, <c>:Seconds</c>, <c>:Redact</c>.</summary>
public static class ModelReader
{
    public const string Host = "https://api.openai.com/v1";

    private const double Usual = 5, Shortest = 0.5, Longest = 20;
    private static readonly string[] OfModel = ["Name", "Url", "Key", "Seconds", "Redact"];

    /// <summary>Is it a key of the model?</summary>
    public static bool Knows(string name) => OfModel.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: the shop wants no model.</summary>
    public static ConfiguredModel? Read(IConfiguration configuration, List<string> problems)
    {
        var section = configuration.GetSection("Chat:Model");
        if (section.Value is { Length: > 0 } bare)
            problems.Add($"Chat:Model is '{bare}': what belongs to it stands below it, as in Chat:Model:Name={bare}.");
        var given = section.GetChildren().ToList();
        if (given.Count == 0) return null;
        foreach (var unknown in given.Where(child => !Knows(child.Key)))
            problems.Add($"{unknown.Path} is not known"
                + (Nearest.To(unknown.Key, OfModel) is { } meant ? $" (did you mean Chat:Model:{meant}?)" : "")
                + $"; the model has {string.Join(", ", OfModel)}.");
        var (name, key, url) = (Text("Name"), Text("Key"), (Text("Url") ?? Host).TrimEnd('/'));
        if (name is null) problems.Add(
            "Chat:Model:Name is missing: the model's name at its provider; at Azure OpenAI the deployment's.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri is { Scheme: "http", IsLoopback: false })
            problems.Add($"Chat:Model:Url is '{url}'; it must be an https address such as {Host}, or one of this "
                + "machine.");
        if (key is null && url == Host) problems.Add(
            "Chat:Model:Key is missing: a key of OpenAI's API (environment: Chat__Model__Key).");
        else if (key?.Any(c => c is <= ' ' or > '~') == true)
            problems.Add("Chat:Model:Key is not a key: copy it whole and without line breaks.");
        return new()
        {
            Name = name ?? "",
            Url = url,
            Key = key,
            Seconds = Seconds(),
            Redacts = Redact(),
        };

        string? Text(string of) => section[of]?.Trim() is { Length: > 0 } text ? text : null;

        double Seconds()
        {
            if (Text("Seconds") is not { } said) return Usual;
            if (double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= Shortest and <= Longest) return seconds;
            problems.Add(string.Create(CultureInfo.InvariantCulture,
                $"Chat:Model:Seconds is '{said}'; it must be a number from {Shortest} to {Longest}."));
            return Usual;
        }

        bool Redact()
        {
            if (Text("Redact") is not { } said) return true;
            if (!bool.TryParse(said, out var flag))
                problems.Add($"Chat:Model:Redact is '{said}'; it must be true or false.");
            return flag;
        }
    }
}
