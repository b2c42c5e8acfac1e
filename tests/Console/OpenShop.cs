using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Automation.Benchmarks;
using Automation.Console.Tests.Browser;
using Automation.Functions.Console;
using Automation.Functions.Demo;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Publishing;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Automation.Console.Tests;

/// <summary>The shop as shipped, served in this process on a free port, with a data folder of its own and a key of each
/// role.</summary>
public sealed class OpenShop : IAsyncLifetime, IDisposable
{
    public const string Owner = "the-owners-own-key", Viewer = "a-key-that-only-looks",
        Marketer = "a-key-that-writes-mails";
    private readonly TemporaryFolder data = new();
    private LocalHost? host;

    /// <summary>The time sessions are measured by; null: the system's.</summary>
    public TimeProvider? SessionTime { get; init; }

    /// <summary>How many imagined customers' year lies in it; 0: nobody is known.</summary>
    public int Customers { get; init; }

    /// <summary>What the product asked of its tables.</summary>
    internal CountedTables? Counted { get; private set; }

    public LocalHost Product => host!;
    public Uri Address => new(host!.Addresses.First());

    /// <summary>The shop's files of this test.</summary>
    public string Folder => data.File("shop");

    /// <summary>Where its mails lie.</summary>
    public string Outbox => data.File("outbox");

    public async Task InitializeAsync()
    {
        Copy(Path.Combine(AppContext.BaseDirectory, "shop"), Folder);
        string[] configured =
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Api:Key={Owner}", $"--Shop:Folder={Folder}",
            "--Site:PublicUrl=http://127.0.0.1:9", "--Sources:main:Platform=generic",
            "--Sources:main:Secret=hush-hush-hush-hush",
            $"--Api:Keys:mika:Key={Marketer}", "--Api:Keys:mika:Role=marketer",
            $"--Api:Keys:kenji:Key={Viewer}", "--Api:Keys:kenji:Role=viewer",
        ];
        var settings = SettingsReader.Read(SettingsReader.Gather(configured));
        if (Customers > 0)
            await using (var machine = await OneMachine.Open(settings))
                await new DemoYear(machine.Services, "main").Write(Customers, _ => { }, default);
        host = await LocalHost.Start(settings, more: services =>
        {
            services.AddSingleton<TableService>(made => Counted = new CountedTables(
                new SqliteTableService(made.GetRequiredService<SqliteDatabase>(), made.Wall())));
            if (SessionTime is { } time)
                services.AddSingleton(made => new Sessions(
                    made.GetRequiredService<Tables>(), made.GetRequiredService<Keyring>(), time));
        });
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Somebody's browser, without JavaScript, not signed in yet.</summary>
    public Visitor Visitor(string language = "en") => new(Address) { Language = language };

    /// <summary>Somebody's browser, signed in.</summary>
    public async Task<Visitor> SignedIn(string key = Owner, string language = "en")
    {
        var visitor = Visitor(language);
        // Not by the form: it takes ten tries a minute, and a class has more tests than that.
        var session = await Product.Services.GetRequiredService<Sessions>().Open(key, default);
        Assert.NotNull(session);
        visitor.Cookies[ConsoleDoor.Cookie] = session.Secret;
        return visitor;
    }

    /// <summary>The owner's window, signed in without the form.</summary>
    public async Task<IPage> Window(Chromium chromium, Browser.Look look)
    {
        using var visitor = await SignedIn();
        return await chromium.SignedInBy(visitor.Cookies[ConsoleDoor.Cookie], Address, look);
    }

    /// <summary>Changes one of the shop's files, and makes it count.</summary>
    public async Task Change(string file, Func<string, string> change)
    {
        var path = Path.Combine(Folder, file);
        await File.WriteAllTextAsync(path, change(await File.ReadAllTextAsync(path)));
        await Product.Services.GetRequiredService<ShopWatch>().Publish(default);
    }

    /// <summary>Keeps those scenarios alone whose files begin so: what plays all of them is soon done then.</summary>
    public void KeepScenarios(params string[] beginnings)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "tests"), "*", SearchOption.AllDirectories))
            if (!beginnings.Any(one => Path.GetFileName(file).StartsWith(one, StringComparison.Ordinal)))
                File.Delete(file);
    }

    /// <summary>The API with this key.</summary>
    public HttpClient Api(string key) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public async Task DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    public void Dispose() => data.Dispose();
}

/// <summary>A browser without JavaScript: keeps cookies, sends forms as their pages hold them.</summary>
public sealed class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = address,
        // A page that plays scenarios takes its time on a machine that is busy with other tests.
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>What this browser holds; by name.</summary>
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    public Task<HttpResponseMessage> Get(string path) => Send(new(HttpMethod.Get, path));

    /// <summary>A page that is there.</summary>
    public async Task<IHtmlDocument> Open(string path)
    {
        using var answer = await Get(path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK,
            $"{path}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
        return await Page(answer);
    }

    public static async Task<IHtmlDocument> Page(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    /// <summary>Sends a form as from a page of the same origin.</summary>
    public Task<HttpResponseMessage> Post(
        string path, Dictionary<string, string> fields, string from = "same-origin") =>
            Send(new(HttpMethod.Post,
                path)
            { Content = new FormUrlEncodedContent(fields), Headers = { { "Sec-Fetch-Site", from } } });

    /// <summary>Sends the form of a page that leads there, with its fields as they are and these.</summary>
    public Task<HttpResponseMessage> Submit(
        IHtmlDocument page, string action, Dictionary<string, string>? fields = null) =>
        Submit(page, action, action, fields);

    /// <summary>The same by a button that leads elsewhere (formaction).</summary>
    public Task<HttpResponseMessage> Submit(
        IHtmlDocument page, string action, string to, Dictionary<string, string>? fields = null)
    {
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>()
            .FirstOrDefault(one => one.GetAttribute("action") == action && one.Method == "post");
        Assert.True(form is not null,
            $"no form leads to {action}: "
            + $"{string.Join(", ", page.QuerySelectorAll("form").Select(one => one.GetAttribute("action")))}");
        var filled = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
            if (input.Type is not ("checkbox" or "radio") || input.IsChecked) filled[input.Name!] = input.Value;
        foreach (var area in form.QuerySelectorAll("textarea[name]").OfType<IHtmlTextAreaElement>())
            filled[area.Name!] = area.Value;
        foreach (var choice in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>())
            filled[choice.Name!] = choice.Value ?? "";
        foreach (var (name, value) in fields ?? []) filled[name] = value;
        return Post(to, filled);
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.AcceptLanguage.ParseAdd(Language);
            if (Cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(one => $"{one.Key}={one.Value}")));
            var answer = await http.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) Keep(cookie);
            return answer;
        }
    }

    private void Keep(string cookie)
    {
        var (name, value) = (cookie.Split('=')[0], cookie.Split('=')[1].Split(';')[0]);
        if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)) Cookies.Remove(name);
        else Cookies[name] = value;
    }

    public void Dispose() => http.Dispose();
}
