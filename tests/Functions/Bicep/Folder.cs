namespace Automation.Functions.Tests.Bicep;

/// <summary>The files under <c>bicep/</c>, as they stand in the repository.</summary>
public static class Folder
{
    public static readonly string Repository = Up(AppContext.BaseDirectory);
    public static readonly BicepFile Main = Read("main.bicep");

    /// <summary>main.bicep and its modules.</summary>
    public static IReadOnlyList<string> Templates => Names("*.bicep");
    public static IReadOnlyList<string> Parameters => Names("*.bicepparam");

    public static BicepFile Read(string path) => BicepFile.Read(Path.Combine(Repository, "bicep", path));

    /// <summary>The file at a path relative to another; null where there is none.</summary>
    public static Func<string, BicepFile?> Beside(string path) => relative =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", relative) is var target && File.Exists(Path.Combine(Repository, "bicep", target)) ? Read(target) : null;

    public static string Document(string path) => File.ReadAllText(Path.Combine(Repository, path));

    private static string[] Names(string pattern)
    {
        var folder = Path.Combine(Repository, "bicep");
        return [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
    }

    private static string Up(string folder) => File.Exists(Path.Combine(folder, "Automation.sln")) ? folder
        : Up(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new DirectoryNotFoundException("Automation.sln is not above the tests."));
}
