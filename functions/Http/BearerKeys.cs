using Automation.Marketing.Access;

namespace Automation.Functions.Http;

/// <summary>The keys of <c>/api</c>: <c>Authorization: Bearer …</c>.</summary>
public sealed class BearerKeys(Keyring keys)
{
    /// <summary>Lets only those in who know a key that allows it.</summary>
    public RequestDelegate Require(RequestDelegate next, NeedsAttribute? needs) => http =>
    {
        if (Find(http.Request.Headers.Authorization.ToString()) is not { Caller: var caller })
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return http.Refuse(StatusCodes.Status401Unauthorized);
        }
        if (Lacks(http.Request, needs, caller) is { } role)
            return Refusal.Forbidden(role).ExecuteAsync(http);
        http.Know(caller);
        return next(http);
    };

    /// <summary>The role this caller lacks for it; null: none. What is read asks for a viewer, a change for a
    /// marketer.</summary>
    public static Role? Lacks(HttpRequest request, NeedsAttribute? needs, Caller caller)
    {
        var usual =
            HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? Role.Viewer : Role.Marketer;
        var needed = needs?.Role ?? usual;
        return caller.May(needed) ? null : needed;
    }

    private NamedKey? Find(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? keys.Find(authorization[7..].Trim())
            : null;
}
