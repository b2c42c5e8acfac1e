using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Automation.Functions.Tests.Bicep;

/// <summary>The Bicep compiler out of its package; offline.</summary>
internal static class BicepCli
{
    public const string Elsewhere = "the package of the Bicep CLI is for linux-x64; bicep/ is not checked here";

    private static readonly string Program = typeof(BicepCli).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == "BicepPath").Value!;

    public static bool IsHere => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>Everything it says, warnings and errors; its exit code is 0 also with some errors.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        using var bicep = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = bicep.StandardOutput.ReadToEndAsync();
        var errors = bicep.StandardError.ReadToEnd();
        bicep.WaitForExit();
        return errors + output.Result;
    }
}

/// <summary>A test that needs the Bicep compiler.</summary>
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCli.IsHere ? null : BicepCli.Elsewhere;
}

/// <summary>A theory that needs the Bicep compiler.</summary>
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepCli.IsHere ? null : BicepCli.Elsewhere;
}
