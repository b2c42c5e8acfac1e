using System.Net;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Access;

namespace Automation.Console.Tests.Access;

/// <summary>Who is let into the console, for how long, and what may be posted to it.</summary>
public sealed class SessionTests : IAsyncLifetime, IDisposable
{
    private readonly HandTime wall = new(DateTimeOffset.UtcNow);
    private readonly OpenShop shop;

    public SessionTests() => shop = new() { SessionTime = wall };

    public Task InitializeAsync() => shop.InitializeAsync();
    public Task DisposeAsync() => shop.DisposeAsync();
    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_back()
    {
        using var visitor = shop.Visitor();
        using var sent = await visitor.Get("/console?x=1");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal("/console/login?back=%2Fconsole%3Fx%3D1", $"{sent.Headers.Location}");
        var page = await visitor.Open($"{sent.Headers.Location}");
        using var opened = await visitor.Submit(page, "/console/login", new() { ["key"] = OpenShop.Owner });
        Assert.Equal("/console?x=1", $"{opened.Headers.Location}");
    }

    [Fact]
    public async Task The_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var visitor = shop.Visitor();
        using var opened = await visitor.Post("/console/login", new() { ["key"] = OpenShop.Owner });
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-session=", cookie, StringComparison.Ordinal);
        Assert.All((string[])["secure", "httponly", "samesite=strict", "path=/"],
            part => Assert.Contains($"; {part}", cookie, StringComparison.Ordinal));
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenShop.Owner, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_the_tenth_within_a_minute_is_the_last_that_is_looked_at()
    {
        using var visitor = shop.Visitor();
        for (var n = 0; n < 10; n++)
        {
            using var wrong = await visitor.Post("/console/login", new() { ["key"] = $"wrong-{n}-wrong-wrong" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var right = await visitor.Post("/console/login", new() { ["key"] = OpenShop.Owner });
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_everywhere()
    {
        using var visitor = await shop.SignedIn();
        using var thief = shop.Visitor();
        foreach (var (name, value) in visitor.Cookies) thief.Cookies[name] = value;
        await thief.Open("/console");
        using var gone = await visitor.Submit(await visitor.Open("/console"), "/console/logout");
        Assert.Equal("/console/login", $"{gone.Headers.Location}");
        Assert.Empty(visitor.Cookies);
        using var late = await thief.Get("/console");
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
    }

    [Theory]
    [InlineData(1.9, true)]
    [InlineData(2.1, false)]
    public async Task A_session_nobody_uses_is_over_after_two_hours(double hours, bool holds)
    {
        using var visitor = await shop.SignedIn();
        wall.Advance(TimeSpan.FromHours(hours));
        using var answer = await visitor.Get("/console");
        Assert.Equal(holds ? HttpStatusCode.OK : HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_is_over_after_half_a_day_however_much_it_is_used()
    {
        using var visitor = await shop.SignedIn();
        for (var hour = 1; hour < 12; hour++)
        {
            wall.Advance(TimeSpan.FromHours(1));
            await visitor.Open("/console");
        }
        wall.Advance(TimeSpan.FromHours(1));
        using var answer = await visitor.Get("/console");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_of_another_site_is_refused_even_with_the_token(string from)
    {
        using var visitor = await shop.SignedIn();
        var token = (await visitor.Open("/console")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var refused = await visitor.Post("/console/logout", new() { ["token"] = token }, from);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await visitor.Open("/console");
    }

    [Fact]
    public async Task A_form_without_the_token_of_its_session_is_refused()
    {
        using var visitor = await shop.SignedIn();
        using var other = await shop.SignedIn();
        var foreign = (await other.Open("/console")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        foreach (var token in (string[])["", "x", foreign])
        {
            using var refused = await visitor.Post("/console/logout", new() { ["token"] = token });
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        await visitor.Open("/console");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/console")]
    [InlineData("/console\\..\\evil")]
    [InlineData("/api/shop")]
    public async Task After_signing_in_nobody_is_led_elsewhere(string back)
    {
        using var visitor = shop.Visitor();
        using var opened = await visitor.Post("/console/login", new() { ["key"] = OpenShop.Owner, ["back"] = back });
        Assert.Equal("/console", $"{opened.Headers.Location}");
    }

    [Fact]
    public void A_session_is_over_when_its_key_is_another()
    {
        var caller = new Caller("mika", Role.Marketer);
        var before = new NamedKey(caller, "a-key-that-writes-mails");
        Assert.NotNull(new Keyring([before]).Still("mika", before.Fingerprint));
        Assert.Null(new Keyring([new NamedKey(caller, "another-key-of-hers-now")]).Still("mika", before.Fingerprint));
        Assert.Null(new Keyring([]).Still("mika", before.Fingerprint));
    }

    [Fact]
    public async Task A_page_loads_nothing_from_elsewhere_and_runs_no_script_of_its_own_text()
    {
        using var visitor = await shop.SignedIn();
        using var answer = await visitor.Get("/console");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", $"{answer.Headers.CacheControl}");
        var page = await Visitor.Page(answer);
        Assert.Empty(page.QuerySelectorAll("script:not([src]), [style], [onclick], style"));
        Assert.All(page.QuerySelectorAll("[src], link[href]"), one =>
            Assert.StartsWith(
                "/console/assets/", one.GetAttribute("src") ?? one.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_pages_load_is_kept_for_ever_and_small()
    {
        using var visitor = shop.Visitor();
        var page = await visitor.Open("/console/login");
        foreach (var asset in page.QuerySelectorAll("link[href], script[src]")
            .Select(one => one.GetAttribute("href") ?? one.GetAttribute("src")!))
        {
            using var answer = await visitor.Get(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        }
        using var missing = await visitor.Get("/console/assets/none.css");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
