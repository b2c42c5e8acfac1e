using System.Text.Json;

namespace Automation.Functions.Tests.Bicep;

/// <summary>What a parameter file makes of <c>bicep/</c>: every resource with its values, as the compiler predicts it.
/// Compiled once for all tests.</summary>
public sealed class Deployment
{
    private static readonly Lazy<Deployment> OfDev = new(() => new("dev", """
        param secretsAreSet = true
        param otlpEndpoint = 'https://collector.example'
        """, text => text.Replace("rotating: false", "rotating: true", StringComparison.Ordinal)));

    private static readonly Lazy<Deployment> OfProd = new(() => new("prod", """
        param secretsAreSet = true
        param plan = 'premium'
        """, text => text));

    private readonly JsonElement json;

    private Deployment(string environment, string more, Func<string, string> change)
    {
        var folder = Directory.CreateTempSubdirectory("bicep-").FullName;
        try
        {
            foreach (var template in Folder.Templates)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, template))!);
                File.Copy(Path.Combine(Folder.Bicep, template), Path.Combine(folder, template));
            }
            File.WriteAllText(Path.Combine(folder, "all.bicepparam"),
                $"{change(Folder.Read($"{environment}.bicepparam"))}\n{more}\n");
            Said = BicepCli.Run(
                folder, "snapshot", "all.bicepparam", "--mode", "overwrite", "--resource-group", "test",
                "--subscription-id", $"{Guid.Empty}", "--tenant-id", $"{Guid.Empty}", "--location", "japaneast");
            var snapshot = Path.Combine(folder, "all.snapshot.json");
            json = JsonElement.Parse(
                File.Exists(snapshot) ? File.ReadAllText(snapshot) : throw new InvalidDataException(Said));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Settings = Resources("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("siteConfig")
            .GetProperty("appSettings").EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("name").GetString()!,
                setting => setting.GetProperty("value").GetString()!);
    }

    /// <summary>dev.bicepparam with everything optional: a source that is rotating, a collector.</summary>
    public static Deployment Dev => OfDev.Value;

    /// <summary>prod.bicepparam on the other plan.</summary>
    public static Deployment Prod => OfProd.Value;

    /// <summary>What the compiler had to say.</summary>
    public string Said { get; }

    /// <summary>The app's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public IEnumerable<JsonElement> All => json.GetProperty("predictedResources").EnumerateArray();
    public IEnumerable<string> Outputs => json.GetProperty("outputs").EnumerateObject().Select(output => output.Name);

    public IEnumerable<JsonElement> Resources(string type) =>
        All.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>Their own names, without their parents'.</summary>
    public IEnumerable<string> Names(string type) =>
        Resources(type).Select(resource => resource.GetProperty("name").GetString()!.Split('/')[^1]);
}
