using Automation.Functions.Hosting;

namespace Automation.Functions.Health;

/// <summary>The process runs.</summary>
public static class Live
{
    public static Task Run(HttpContext http) => http.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "live");
        json.WriteEndObject();
    });
}
