using System.Collections.Concurrent;
using System.Net.Mime;
using Automation.Console.Look;
using Automation.Console.Tests.Browser;
using Automation.Functions.Console;
using Automation.Marketing.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Islands;

using Look = Automation.Console.Tests.Browser.Look;

/// <summary>Pages of a test's own in the console's frame, under its policy, and what their forms post.</summary>
public sealed class IslandPage : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Func<string>> pages = [];
    private readonly ConcurrentQueue<IFormCollection> posted = [];
    private WebApplication host = null!;

    public IReadOnlyCollection<IFormCollection> Posted => posted;

    public async Task InitializeAsync()
    {
        // The machine may be busy with other tests.
        Assertions.SetDefaultExpectTimeout(60_000);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents();
        host = builder.Build();
        host.Use((http, next) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ConsoleDoor.Policy;
            return next(http);
        });
        host.MapGet("/console/assets/{name}", (string name) =>
            ConsoleAssets.Find(name) is { } asset
                ? Results.Bytes(asset.Content, asset.ContentType)
                : Results.NotFound());
        host.MapGet("/pages/{name}", (string name) =>
            pages.TryGetValue(name, out var content) ? Framed(content()) : Results.NotFound());
        host.MapPost("/posted", async (HttpRequest request) =>
        {
            posted.Enqueue(await request.ReadFormAsync());
            return Results.Text("<!DOCTYPE html><title>Posted</title><p id=posted>Posted", MediaTypeNames.Text.Html);
        });
        await host.StartAsync();
    }

    /// <summary>A window that shows this; it fails where the page's policy had to refuse something.</summary>
    public Task<Window> Open(Chromium chromium, string html, Look? look = null) => Open(chromium, () => html, look);

    public async Task<Window> Open(Chromium chromium, Func<string> html, Look? look = null)
    {
        var name = Guid.NewGuid().ToString("N");
        pages[name] = html;
        look ??= new("en", 1280);
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = host.Urls.First(),
            ViewportSize = new() { Width = look.Width, Height = 900 },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.HasScript,
        });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        var window = new Window(page);
        await page.GotoAsync($"/pages/{name}");
        return window;
    }

    private static RazorComponentResult<Shell> Framed(string html) => new(new Dictionary<string, object?>
    {
        [nameof(Shell.Visit)] = new Visit
        {
            Say = Language.English,
            Who = new Caller("mika", Role.Marketer),
            ShopName = "Tea",
            Zone = TimeZoneInfo.Utc,
            Currency = "JPY",
            Now = DateTimeOffset.UnixEpoch,
            Path = "/",
            FormToken = "token",
        },
        [nameof(Shell.Title)] = "A page",
        [nameof(Shell.ChildContent)] = (RenderFragment)(into => into.AddMarkupContent(0, html)),
    });

    public async Task DisposeAsync() => await host.DisposeAsync();
}

/// <summary>Somebody's window, and what the browser complained about.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = [];

    public Window(IPage page)
    {
        Page = page;
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning") complaints.Enqueue(said.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public IEnumerable<string> Complaints => complaints;

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
}
