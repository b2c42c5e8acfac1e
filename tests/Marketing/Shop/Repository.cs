namespace Automation.Marketing.Tests.Shop;

/// <summary>Where the sources are: the schemas and the shop that come with them are tested as they are.</summary>
internal static class Repository
{
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    private static string Up(string folder) => File.Exists(Path.Combine(folder, "Automation.sln")) ? folder
        : Up(Path.GetDirectoryName(folder.TrimEnd('/'))
            ?? throw new DirectoryNotFoundException("Automation.sln is not above the tests."));
}
