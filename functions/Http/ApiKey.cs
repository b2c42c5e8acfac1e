using System.Security.Cryptography;
using System.Text;
using Automation.Functions.Hosting;

namespace Automation.Functions.Http;

/// <summary>The one key of <c>/api</c>: <c>Authorization: Bearer …</c>, compared in constant time.</summary>
public sealed class ApiKey(string key, bool isNew = false)
{
    private readonly byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public string Text => key;

    /// <summary>It was made up at this start: to be shown once.</summary>
    public bool IsNew => isNew;

    /// <summary>The configured key, or the one made up at first and kept in <c>api.key</c>.</summary>
    public static ApiKey Find(Settings settings) => settings.ApiKey is { } configured
        ? new(configured)
        : new(Files.Secret(File(settings), out var made), made);

    /// <summary>Where a key that was made up lies.</summary>
    public static string File(Settings settings) => Path.Combine(settings.DataFolder, "api.key");

    /// <summary>Lets only those in who know the key.</summary>
    public RequestDelegate Require(RequestDelegate next) => http =>
    {
        if (Knows(http.Request.Headers.Authorization.ToString())) return next(http);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return http.Refuse(StatusCodes.Status401Unauthorized);
    };

    private bool Knows(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[7..].Trim())), expected);
}
