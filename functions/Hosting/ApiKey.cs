using System.Security.Cryptography;
using System.Text;

namespace Automation.Functions.Hosting;

/// <summary>The one key of <c>/api</c>: <c>Authorization: Bearer …</c>, compared in constant time.</summary>
public sealed class ApiKey(string key)
{
    private readonly byte[] expected = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The configured key, or the one made up at first and kept in <c>api.key</c>.</summary>
    /// <param name="made">It was made up just now: to be shown once.</param>
    public static string Find(Settings settings, out bool made)
    {
        made = false;
        return settings.ApiKey ?? Files.Secret(File(settings), out made);
    }

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
