using Automation.Functions.Hosting;

namespace Automation.Functions.Http;

/// <summary>The operator's own key of <c>/api</c> and <c>/console</c>.</summary>
/// <param name="IsNew">It was made up at this start: to be shown once.</param>
public sealed record OwnKey(string Text, bool IsNew = false)
{
    /// <summary>The configured key, or the one made up at first and kept in <c>api.key</c>.</summary>
    public static OwnKey Find(Settings settings) => settings.ApiKey is { } configured
        ? new(configured)
        : new(Files.Secret(File(settings), out var made), made);

    /// <summary>Where a key that was made up lies.</summary>
    public static string File(Settings settings) => Path.Combine(settings.DataFolder, "api.key");

    /// <summary>Without the key.</summary>
    public override string ToString() => KeyReader.Own;
}
