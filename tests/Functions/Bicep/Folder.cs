namespace Automation.Functions.Tests.Bicep;

/// <summary>The files under <c>bicep/</c>, as they stand in the repository.</summary>
public static class Folder
{
    public static readonly string Repository = Up(AppContext.BaseDirectory);
    public static readonly string Bicep = Path.Combine(Repository, "bicep");

    /// <summary>main.bicep and its modules.</summary>
    public static IReadOnlyList<string> Templates =>
        [.. Directory.EnumerateFiles(Bicep, "*.bicep", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Bicep, file)).Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Bicep, path));
    public static string Document(string path) => File.ReadAllText(Path.Combine(Repository, path));

    private static string Up(string folder) => File.Exists(Path.Combine(folder, "Automation.sln")) ? folder
        : Up(Path.GetDirectoryName(folder.TrimEnd('/'))
            ?? throw new DirectoryNotFoundException("Automation.sln is not above the tests."));
}
