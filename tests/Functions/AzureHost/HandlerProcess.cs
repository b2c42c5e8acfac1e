using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The handler as a process of the Functions host: started with a port in its environment, asked <c>GET /</c> until it answers, called at 127.0.0.1.</summary>
public sealed class HandlerProcess(string executable, string app, Dictionary<string, string> settings) : IAsyncDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(1), MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly List<string> said = [];
    private volatile TaskCompletionSource ready = new();
    private Process? process;
    private int port;

    /// <summary>From start to the first answer, the last time.</summary>
    public TimeSpan StartedIn { get; private set; }

    public Process Process => process ?? throw new InvalidOperationException("The handler does not run.");

    public Uri At(string pathAndQuery) => new($"http://127.0.0.1:{port}{pathAndQuery}");

    public async Task Start()
    {
        port = FreePort();
        var start = new ProcessStartInfo(executable) { WorkingDirectory = app, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        foreach (var name in (string[])["FUNCTIONS_CUSTOMHANDLER_PORT", "FUNCTIONS_HTTPWORKER_PORT"]) start.Environment[name] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var name in (string[])["FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "FUNCTIONS_HTTPWORKER_ID"]) start.Environment[name] = Guid.NewGuid().ToString();
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = app;
        start.Environment["ASPNETCORE_URLS"] = "http://+:1";   // what an app setting may bring along
        var watch = Stopwatch.StartNew();
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(At("/"));
                StartedIn = watch.Elapsed;
                ready.SetResult();
                return;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                if (process.HasExited) throw new InvalidOperationException($"The handler ended with {process.ExitCode}:\n{Log()}");
                if (watch.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException($"The handler was not ready in 30 s:\n{Log()}");
            }
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>Posts an invocation, once the handler is ready; the answer's ReturnValue (or ""), null where the invocation failed.</summary>
    public async Task<string?> Invoke(string function, string invocation)
    {
        await ready.Task;
        try
        {
            using var answer = await http.SendAsync(Request(function, invocation));
            return Read(answer, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>The same where the caller cannot wait otherwise.</summary>
    public string? InvokeNow(string function, string invocation)
    {
        ready.Task.Wait();
        try
        {
            using var answer = http.Send(Request(function, invocation));
            using var text = new StreamReader(answer.Content.ReadAsStream());
            return Read(answer, text.ReadToEnd());
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException or IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Sends a request to the handler, once it is ready.</summary>
    public async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> request)
    {
        await ready.Task;
        using var sent = request();
        return await http.SendAsync(sent);
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task Kill()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        // Only now does the host know; what was called in between has failed.
        ready = new();
        process.Dispose();
        process = null;
    }

    public string Log()
    {
        lock (said) return string.Join('\n', said.TakeLast(20).Select(line => line.Length > 400 ? line[..400] : line));
    }

    private HttpRequestMessage Request(string function, string invocation)
    {
        var content = new StringContent(invocation, Encoding.UTF8, "application/json");
        return new(HttpMethod.Post, At($"/{function}")) { Content = content, Headers = { { "X-Azure-Functions-InvocationId", Guid.NewGuid().ToString() }, { "User-Agent", "Azure-Functions-Host/4.1037" } } };
    }

    /// <summary>What the host makes of an answer: only a 2xx with a JSON object of JSON content type is one.</summary>
    private static string? Read(HttpResponseMessage answer, string body)
    {
        if (!answer.IsSuccessStatusCode) return null;
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        return json.RootElement.TryGetProperty("ReturnValue", out var value) ? value.GetString() : "";
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (said) said.Add(line.Data);
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
        http.Dispose();
    }
}
