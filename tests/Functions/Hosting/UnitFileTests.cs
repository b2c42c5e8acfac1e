using System.Diagnostics;
using System.Text.RegularExpressions;
using Automation.Functions.Hosting;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The units of docs/systemd say nothing that the program or systemd does not understand.</summary>
public sealed partial class UnitFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "systemd");
    private static readonly string[] OfTheRuntime = ["DOTNET_GCgen0size"];

    public static TheoryData<string> Units => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!)];

    [Theory, MemberData(nameof(Units))]
    public void What_a_unit_sets_is_a_setting(string unit) => Assert.All(
        Setting().Matches(File.ReadAllText(Path.Combine(Folder, unit))).SelectMany(line =>
            line.Groups[1].Value.Split(' ')).Select(set => set.Split('=')[0]).Except(OfTheRuntime),
        name => Assert.True(
            SettingsReader.IsKey(name.Replace("__", ":", StringComparison.Ordinal)), $"{name} is not a setting"));

    /// <summary>Where systemd is on the machine.</summary>
    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_them()
    {
        if (!File.Exists("/usr/bin/systemd-analyze") || !File.Exists("/usr/bin/dotnet")) return;
        using var verify = Process.Start(new ProcessStartInfo(
            "systemd-analyze", ["verify", "--man=no", .. Directory.GetFiles(Folder)])
        { RedirectStandardError = true })!;
        var said = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();
        // What it says of other units of the machine is not ours to mend.
        Assert.DoesNotContain(said.Split('\n'), line => line.Contains("automation", StringComparison.Ordinal));
        Assert.Equal(0, verify.ExitCode);
    }

    [GeneratedRegex(@"^Environment=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
