using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Automation.Functions.Tests.AzureHost;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>The built product as a process, with a data folder of its own; can be killed and started again on
/// it.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly Dictionary<string, string> environment;
    private Process? process;

    public ProductProcess(Dictionary<string, string> settings, Dictionary<string, string>? environment = null)
    {
        this.environment = environment ?? [];
        Port = FreePort();
        Folder = Directory.CreateTempSubdirectory("product-").FullName;
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(1) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(20),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", ApiKey) },
        };
        this.settings = new()
        {
            ["Urls"] = $"http://127.0.0.1:{Port}",
            ["Data:Folder"] = Path.Combine(Folder, "data"),
            ["Shop:Folder"] = Path.Combine(AppContext.BaseDirectory, "shop"),
            ["Api:Key"] = ApiKey,
            ["Sources:demo:Platform"] = "shopify",
            ["Sources:demo:Secret"] = "hush-hush-hush-hush",
        };
        foreach (var (key, value) in settings) this.settings[key] = value;
    }

    public const string ApiKey = "the-key-of-the-tests";
    public int Port { get; }
    public string Folder { get; }
    public HttpClient Http { get; }
    public string Outbox => Path.Combine(Folder, "data", "outbox");
    public List<string> Said { get; } = [];

    /// <summary>Starts the process and returns once it answers that it is ready.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo(
            "dotnet")
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        start.ArgumentList.Add(PublishedApp.Program);
        foreach (var (key, value) in settings) start.ArgumentList.Add($"--{key}={value}");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var watch = Stopwatch.StartNew(); ; await Pause())
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The product ended with {process.ExitCode}:\n{Log()}");
            if (watch.Elapsed > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"The product did not get ready:\n{Log()}");
            try
            {
                using var answer = await Http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                // not listening yet
            }
        }
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

    /// <summary>SIGTERM: the process ends by itself; answers how long that took.</summary>
    public async Task<TimeSpan> Stop()
    {
        var watch = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM",
            process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        process.Dispose();
        process = null;
        return watch.Elapsed;
    }

    /// <summary>Waits until the condition holds; throws with the product's own words when it does not in
    /// time.</summary>
    public async Task<T> Until<T>(Func<Task<T?>> probe, TimeSpan most, string what) where T : class
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < most; await Pause(watch.Elapsed / 10))
            if (await probe() is { } found) return found;
        throw new TimeoutException($"{what}: not within {most.TotalSeconds} s. The product said:\n{Log()}");
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>All rows of a paged list.</summary>
    public async Task<List<JsonElement>> List(string path)
    {
        var found = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await Get(path
                + (next is null ? "" : (path.Contains('?') ? "&" : "?") + "next=" + Uri.EscapeDataString(next)));
            found.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.TryGetProperty("next", out var more) && more.ValueKind == JsonValueKind.String
                ? more.GetString() : null;
        } while (next is not null);
        return found;
    }

    public string Log()
    {
        lock (Said) return string.Join('\n', Said.TakeLast(60));
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (Said) Said.Add(line.Data);
    }

    /// <summary>Polling another process is the one thing a test here may wait for. Whoever has waited long asks less
    /// often: what is asked is work for the process, too.</summary>
    private static async Task Pause(TimeSpan length = default)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Clamp(length.TotalMilliseconds, 20, 500)));
        await tick.WaitForNextTickAsync();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Reading answers.</summary>
internal static class Answers
{
    /// <summary>A text property; empty where it is missing.</summary>
    public static string Text(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? value.ToString() : "";
}
