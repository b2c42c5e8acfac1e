using Automation.Functions.Doctor;

namespace Automation.Functions.Commands;

/// <summary>Findings as a command prints them: a line each, with what to do below it, and a sum.</summary>
public static class FindingLines
{
    /// <returns>The exit code: 1 where something is wrong.</returns>
    public static int Print(IReadOnlyList<Finding> findings, TextWriter to)
    {
        var width = findings.Max(finding => finding.What.Length);
        foreach (var finding in findings)
        {
            to.WriteLine($"{Word(finding.Grade),-5}  {finding.What.PadRight(width)}  {finding.Says}");
            if (finding.Remedy is { } remedy) to.WriteLine($"       {new string(' ', width)}  → {remedy}");
        }
        to.WriteLine(string.Join(", ", findings.CountBy(finding => finding.Grade).OrderBy(count => count.Key)
            .Select(count => $"{count.Value} {Word(count.Key)}")));
        return findings.Any(finding => finding.Grade == Grade.Wrong) ? CommandLine.Wrong : CommandLine.Fine;
    }

    private static string Word(Grade grade) => grade switch
    {
        Grade.Ok => "ok",
        Grade.Warn => "warn",
        _ => "wrong",
    };
}
