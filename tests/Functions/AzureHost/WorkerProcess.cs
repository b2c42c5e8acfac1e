using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The worker as a process that the Functions host starts and, without goodbye, ends.</summary>
internal sealed class WorkerProcess(string app, Dictionary<string, string> settings) : IAsyncDisposable
{
    private readonly List<string> said = [];
    private Process? process;

    public Process Process => process ?? throw new InvalidOperationException("The worker does not run.");

    /// <param name="host">Where the host listens for its worker.</param>
    public void Start(Uri host)
    {
        process = Process.Start(Described(host))!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Another worker, below a process that the caller may end; answers both.</summary>
    public (Process Parent, Process Worker) StartBelow(Uri host)
    {
        var start = Described(host);
        string[] command = [start.FileName, .. start.ArgumentList];
        start.ArgumentList.Clear();
        start.FileName = "sh";
        foreach (var argument in (string[])["-c", "\"$0\" \"$@\" >/dev/null & echo $!; wait", .. command])
            start.ArgumentList.Add(argument);
        var parent = Process.Start(start)!;
        return (parent,
            Process.GetProcessById(int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture)));
    }

    private ProcessStartInfo Described(Uri host)
    {
        var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(app, "worker.config.json"))).RootElement
            .GetProperty("description");
        var start = new ProcessStartInfo(description.GetProperty("defaultExecutablePath").GetString()!)
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(app, description.GetProperty("defaultWorkerPath").GetString()!));
        foreach (var argument in Arguments(host)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["ASPNETCORE_URLS"] = "http://+:1";   // what an app setting may bring along
        return start;
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task Kill()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public string Log()
    {
        lock (said) return string.Join('\n', said.TakeLast(20).Select(line => line.Length > 400 ? line[..400] : line));
    }

    /// <summary>What the host passes on the command line.</summary>
    public static string[] Arguments(Uri host) =>
    [
        "--host", host.Host, "--port", $"{host.Port}", "--functions-uri", host.ToString(),
        "--workerId", "worker", "--functions-worker-id", "worker",
        "--requestId", "request", "--functions-request-id", "request",
        "--grpcMaxMessageLength", "2147483647", "--functions-grpc-max-message-length", "2147483647",
    ];

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (said) said.Add(line.Data);
    }

    public async ValueTask DisposeAsync() => await Kill();
}
