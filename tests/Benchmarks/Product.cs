using System.Diagnostics;
using System.Globalization;
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

    public static async Task<Product> Start(
        string assembly, string[] arguments, Dictionary<string, string>? environment = null, string? data = null)
    {
        var port = FreePort();
        data ??= Directory.CreateTempSubdirectory("bench-").FullName;
        var start = new ProcessStartInfo(
            "dotnet")
        { RedirectStandardOutput = true, RedirectStandardError = false, WorkingDirectory = data };
        start.ArgumentList.Add(Path.Combine(Folder, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument.Replace("{port}", $"{port}").Replace("{data}", data));
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        using var http = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"{assembly} ended with {process.ExitCode}");
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{port}/health/ready");
                if (answer.IsSuccessStatusCode) break;
            }
            catch (HttpRequestException) { await Task.Delay(10); }
        }
        return new(process, port, data) { StartUp = watch.Elapsed };
    }

    public long ResidentBytes { get { process.Refresh(); return process.WorkingSet64; } }

    /// <summary>Processor time in the program and in the kernel, and bytes given to files and sockets, since the
    /// start.</summary>
    public Cost Cost
    {
        get
        {
            process.Refresh();
            var io = File.ReadLines($"/proc/{process.Id}/io").Select(line => line.Split(": ")).ToDictionary(
                pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
            return new(process.UserProcessorTime, process.PrivilegedProcessorTime, io["wchar"], io["syscw"]);
        }
    }

    public long PeakBytes { get { process.Refresh(); return process.PeakWorkingSet64; } }
    public TimeSpan Cpu { get { process.Refresh(); return process.TotalProcessorTime; } }

    public long DiskBytes =>
        Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

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

/// <summary>What work has cost a process: processor time, and what it wrote to files (<see cref="Bytes"/> in
/// <see cref="Writes"/> calls).</summary>
internal sealed record Cost(TimeSpan User, TimeSpan Kernel, long Bytes, long Writes)
{
    /// <summary>The cost since <paramref name="before"/>, of each of so many.</summary>
    public string Each(Cost before, int count) => string.Create(CultureInfo.InvariantCulture,
        $"each {(User - before.User + Kernel - before.Kernel).TotalMicroseconds / count:n0} µs CPU "
        + $"({(Kernel - before.Kernel).TotalMicroseconds / count:n0} in the kernel), "
        + $"{(Bytes - before.Bytes) / 1024.0 / count:n1} KB in {(double)(Writes - before.Writes) / count:n1} writes");
}
