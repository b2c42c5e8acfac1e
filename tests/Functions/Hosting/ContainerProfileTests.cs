using System.Diagnostics;
using System.Text.Json;
using Automation.Functions.Hosting;

namespace Automation.Functions.Tests.Hosting;

/// <summary>What the publish profile for containers makes, as far as no registry is needed for it.</summary>
public sealed class ContainerProfileTests
{
    private static readonly string[] OfTheRuntime = ["DOTNET_GCgen0size"];

    [Fact]
    public async Task The_image_starts_the_program_alone_as_a_user_without_rights_and_sets_what_it_knows()
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet",
        [
            "msbuild", Project(), "-p:PublishProfile=container", "-p:Configuration=Release",
            "-t:ComputeContainerConfig", "-getProperty:ContainerBaseImage,ContainerUser",
            "-getItem:ContainerAppCommand,ContainerEnvironmentVariable,ContainerPort",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (errors, said) = (build.StandardError.ReadToEndAsync(), await build.StandardOutput.ReadToEndAsync());
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said + await errors);

        var made = JsonElement.Parse(said);
        var properties = made.GetProperty("Properties");
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0", properties.GetProperty("ContainerBaseImage").GetString());
        Assert.Equal("1654", properties.GetProperty("ContainerUser").GetString());
        Assert.Equal(["dotnet", "/app/Automation.Functions.dll"], Items("ContainerAppCommand").Select(Name));
        Assert.Equal(["7071"], Items("ContainerPort").Select(Name));
        var set = Items("ContainerEnvironmentVariable")
            .ToDictionary(Name, one => one.GetProperty("Value").GetString());
        Assert.Equal("/data", set["Data__Folder"]);
        Assert.Equal("/shop", set["Shop__Folder"]);
        Assert.All(set.Keys.Except(OfTheRuntime), name => Assert.True(
            SettingsReader.IsKey(name.Replace("__", ":", StringComparison.Ordinal)), $"{name} is not a setting"));

        IEnumerable<JsonElement> Items(string kind) => made.GetProperty("Items").GetProperty(kind).EnumerateArray();
    }

    private static string Name(JsonElement item) => item.GetProperty("Identity").GetString()!;

    private static string Project()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "functions", "Automation.Functions.csproj") is var file && File.Exists(file))
                return file;
        throw new DirectoryNotFoundException("These tests run below the repository's folder.");
    }
}
