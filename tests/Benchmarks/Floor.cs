using System.Security.Cryptography;
using System.Text;
using Automation.Sqlite;

namespace Automation.Benchmarks;

/// <summary>The least a durable intake can do: bare Kestrel, HMAC over the raw body, and (mode <c>group</c>) one
/// group-committed insert of it.</summary>
internal static class Floor
{
    public static async Task Serve(string mode, int port, string data)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var key = Encoding.UTF8.GetBytes(Orders.Secret);
        using var database = mode == "group" ? SqliteDatabase.Open(Path.Combine(data, "floor.db")) : null;
        if (database is not null)
            await database.Write(db => db.Execute("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL)"));
        app.Run(async context =>
        {
            if (HttpMethods.IsGet(context.Request.Method)) return;
            var body = new byte[(int)context.Request.ContentLength!];
            await context.Request.Body.ReadExactlyAsync(body);
            Span<byte> signature = stackalloc byte[32];
            HMACSHA256.HashData(key, body, signature);
            if (!CryptographicOperations.FixedTimeEquals(
                signature, Convert.FromBase64String(context.Request.Headers["X-Shopify-Hmac-Sha256"]!)))
            {
                context.Response.StatusCode = 401;
                return;
            }
            if (database is not null)
                await database.Write(db => db.Prepare("INSERT INTO bodies (body) VALUES (?)").Bind(1, body).Run());
            context.Response.StatusCode = 202;
        });
        await app.RunAsync();
    }
}
