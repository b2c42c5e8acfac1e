using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Automation.Benchmarks;

/// <summary>The product (or a floor) as a process of its own, on a free port, with a data folder of its own.</summary>
internal sealed class Product : IDisposable
{
    private readonly Process process;
    public int Port { get; }
    public string Data { get; }
    public TimeSpan StartUp { get; private init; }

    private Product(Process process, int port, string data) => (this.process, Port, Data) = (process, port, data);

    public static string Folder => Path.GetDirectoryName(typeof(Product).Assembly.Location)!;

    public static async Task<Product> Start(string assembly, string[] arguments, Dictionary<string, string>? environment = null, string? data = null)
    {
        var port = FreePort();
        data ??= Directory.CreateTempSubdirectory("bench-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = false, WorkingDirectory = data };
        start.ArgumentList.Add(Path.Combine(Folder, assembly));
        foreach (var argument in arguments) start.ArgumentList.Add(argument.Replace("{port}", $"{port}").Replace("{data}", data));
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        using var http = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{assembly} ended with {process.ExitCode}");
            try { using var answer = await http.GetAsync($"http://127.0.0.1:{port}/health/ready"); if (answer.IsSuccessStatusCode) break; }
            catch (HttpRequestException) { await Task.Delay(10); }
        }
        return new(process, port, data) { StartUp = watch.Elapsed };
    }

    public long ResidentBytes { get { process.Refresh(); return process.WorkingSet64; } }
    public TimeSpan Cpu { get { process.Refresh(); return process.TotalProcessorTime; } }

    public long DiskBytes => Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>SIGKILL: no goodbye; the data folder stays.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
