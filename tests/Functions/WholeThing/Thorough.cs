namespace Automation.Functions.Tests.WholeThing;

/// <summary>How often something random is tried: as often as a run of every change bears, and with THOROUGH=1 as often
/// as before a release.</summary>
internal static class Thorough
{
    public static int Or(int usual, int thorough) =>
        Environment.GetEnvironmentVariable("THOROUGH") == "1" ? thorough : usual;
}
