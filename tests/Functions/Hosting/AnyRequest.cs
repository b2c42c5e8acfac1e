using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Automation.Functions.Hosting;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Hosting;

/// <summary>What a request may name that is really there.</summary>
public sealed record Known(
    IReadOnlyList<string> Customers,
    IReadOnlyList<string> Unsubscribe,
    IReadOnlyList<string> Confirm,
    IReadOnlyList<string> Dates,
    string Shop)
{
    /// <summary>Tokens of visitors of the chat.</summary>
    public IReadOnlyList<string> Visitors { get; init; } = [];
}

/// <summary>One generated request, right or bent: the same for the same random numbers.</summary>
public sealed record AnyRequest(
    string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

    /// <summary>Names and values at which programs stumble; in paths and queries they are percent-encoded.</summary>
    private static readonly string[] Odd =
    [
        "", " ", "\0", "a\0b", "..", "../..", "..\\..", "/", "//", "%", "%zz", "%2e%2e", "?", "#", "\\", "'", "\"",
        "<b>", "|", "~", "~sends", "-", "null", "undefined", "\u0085", "\u202e", "\ud83c\udf75", "\ufffd",
        "お茶", "a\r\nX: y", "0", "-1", "1e999", "2147483648", "99999999999999999999", "0001-01-01", "9999-12-31",
        "2026-02-30", "1900-01-01", "2199-12-31", "0123456789abcdef01234567", "ffffffffffffffffffffffff",
        "AAAA", "Lw", "L2EvYg", "YS9i", "====", "e30", "a/b", "a/b/c", "weekly/9999-12-31", "true", "false", "given",
        "{}", "[]", "x@example.jp", "@", "a@b@c", "*", "con", "nul.json", ".hidden", "__proto__",
    ];

    /// <summary>JSON that is right as JSON and wrong as nearly everything else.</summary>
    private static readonly string[] OddJson =
    [
        "null", "true", "0", "-1", "1e308", "1e400", "0.1e-400", "99999999999999999999999999", "\"\"", "\" \"",
        "\"\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "[]", "{}", "[null]", "[[]]", "{\"a\":{}}",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59Z\"", "\"2026-11-31\"", "\"../../x\"", "\"%ef3af93f-9%\"", "\"<script>\"",
        "\"{{customer.name}}\"", "\"{{#if\"", "\"Asia/Tokio\"", "\"10 dayz\"", "\"99999 years\"", "\"order.placed\"",
        "\"a\\nb\"",
        $"\"{new string('x', 5000)}\"", $"{new string('[', 70)}{new string(']', 70)}",
        $"\"{string.Concat(Enumerable.Repeat("> ", 500))}\"", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}",
    ];

    public static AnyRequest Make(Random random, IReadOnlyList<ListedFunction> functions, Known known)
    {
        var function = functions[random.Next(functions.Count)];
        var http = (Trigger.Http)function.Trigger;
        var method = random.Next(20) == 0
            ? Methods[random.Next(Methods.Length)]
            : http.Methods[random.Next(http.Methods.Count)];
        var body = method is "GET" or "HEAD" or "DELETE" && random.Next(20) > 0
            ? []
            : Bent(random, Sensible(random, function.Name, known));
        var headers = new List<(string, string)>();
        if (random.Next(20) > 0) headers.Add(("Content-Type", Type(random, function.Name)));
        if (random.Next(10) > 0)
            headers.Add(("Authorization", random.Next(25) == 0
                ? Pick(random, "Bearer", "Basic x", "Bearer x", "Bearer \u00ff")
                : $"Bearer {(IsOfChat(http.Route) ? Pick(random, known.Visitors) : RunningShop.Key)}"));
        if (IsOfChat(http.Route) && random.Next(4) > 0)
            headers.Add(("Origin", Pick(
                random, ChatOrigin, ChatOrigin, ChatOrigin, "https://evil.example", "null", "")));
        if (random.Next(20) == 0)
            headers.Add(Pick(
                random, ("If-Match", "\"x\""), ("If-Match", "*"), ("X-Forwarded-For", "::1%eth0, 9"),
                ("Accept-Encoding", "br"), ("Range", "bytes=0-"), ("traceparent", "00-x")));
        var path = "/" + string.Join('/', http.Route.Split('/').Select(part => part[0] == '{'
            ? Value(random, part.Trim('{', '}', '*'), function.Name, known)
            : part)) + Query(random, known);
        AnySignature.Add(random, function.Name, path, headers, body);
        return new(method, path, headers, body);
    }

    /// <summary>Whose pages show the chat.</summary>
    public const string ChatOrigin = "https://tea.example";

    private static bool IsOfChat(string route) => route.StartsWith("chat/", StringComparison.Ordinal);

    /// <summary>A request as bytes whose frame is broken: nothing a client library would send.</summary>
    public static byte[] Frame(Random random, IReadOnlyList<ListedFunction> functions, Known known)
    {
        var whole = Make(random, functions, known);
        var path = Pick(
            random, whole.Path, whole.Path, "*", "//", "http://[::1", "/api/sends?next=AAAA&%", "/%00/%ff");
        var head =
            $"{whole.Method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {RunningShop.Key}\r\n"
            + "Content-Type: application/json\r\n";
        var chunks = Pick(
            random, "zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n", "ffffffffffffffffff\r\n{}", "5;x=\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}x\r\n0\r\n\r\n", "2 \r\n{}\r\n0\r\n\r\n", "\r\n\r\n", "2\r\n{}\r\n0\r\nX: y\r\n\r\n", "300000\r\n");
        return Encoding.Latin1.GetBytes(random.Next(4) switch
        {
            0 =>
                $"{head}Content-Length: {Pick(random, "-1", "1x", "99999999999999999999", "3000000", "5")}\r\n\r\n{{}}",
            1 => $"{head}Content-Length: 2\r\nTransfer-Encoding: "
                + $"{Pick(random, "chunked", "gzip", "chunked, chunked", "x")}\r\n\r\n{chunks}",
            2 => $"{head}X-Odd{Pick(random, "", " : x", ":\u0000", ": \u0001", ": \r\n folded")}\r\n\r\n",
            _ => $"{head}Transfer-Encoding: chunked\r\n\r\n{chunks}",
        });
    }

    public override string ToString() =>
        $"{Method} {Path[..Math.Min(Path.Length, 300)]} "
        + $"[{string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))}] "
        + $"{Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 500)))}";

    internal static T Pick<T>(Random random, params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    private static string Pick(Random random, IReadOnlyList<string> of) => of[random.Next(of.Count)];

    private static string Value(Random random, string name, string function, Known known) =>
        random.Next(4) == 0 ? Uri.EscapeDataString(Strange(random)) : name switch
        {
            "token" => Pick(random, function == "ConfirmLink" ? known.Confirm : known.Unsubscribe),
            "date" => Pick(random, [.. known.Dates, "fallback"]),
            "source" => Pick(random, "shopify", "woo", "generic", "demo"),
            "name" => Pick(random, "hello/preview", "hello", "preview", "no/preview"),
            "newsletter" => "weekly",
            _ when function.Contains("Customer", StringComparison.Ordinal)
                || function is "PutConsent" or "GetTimeline" =>
                Pick(random, known.Customers),
            _ when function.Contains("Issue", StringComparison.Ordinal)
                || function.Contains("Newsletter", StringComparison.Ordinal) => "weekly",
            _ => Pick(random, "hello", "hello", "other", "weekly"),
        };

    private static string Strange(Random random) => random.Next(12) switch
    {
        0 => new string('x', random.Next(100, 3000)),
        1 => new string('茶', random.Next(1, 400)),
        _ => Odd[random.Next(Odd.Length)],
    };

    private static string Query(Random random, Known known)
    {
        if (random.Next(2) == 0) return "";
        var query = new StringBuilder("?");
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var name = Pick(
                random, "after", "language", "customer", "email", "journey", "newsletter", "mail", "state", "issue",
                "next", "kind", "open",
                "dryRun", "id", "reason");
            query.Append(name).Append('=')
                .Append(Uri.EscapeDataString(random.Next(2) == 0 ? Strange(random) : name switch
                {
                    "customer" => Pick(random, known.Customers),
                    "issue" => $"weekly/{Pick(random, known.Dates)}",
                    "dryRun" or "open" => "true",
                    "newsletter" => "weekly",
                    "state" => Pick(random, "live", "ended", "accepted", "refused"),
                    "kind" => Pick(random, "parked", "files", "refused", "requests"),
                    "email" => "aoi.sato@example.jp",
                    "after" => "2026-11-28T09:00:00Z",
                    "language" => Pick(random, "ja", "en"),
                    _ => "hello",
                })).Append('&');
        }
        return query.ToString(0, query.Length - 1);
    }

    private static string Type(Random random, string function) => random.Next(12) == 0 ? Pick(
        random, "text/plain", "application/x-www-form-urlencoded", ";", "application/json; charset=utf-16", "a/b/c",
        "application/+json")
        : function switch
        {
            "PutIssue" => "text/markdown",
            "UnsubscribeLink" or "ConfirmLink" => "application/x-www-form-urlencoded",
            "PostEvents" => "application/cloudevents+json",
            _ => "application/json"
        };

    private static string Sensible(Random random, string function, Known known) => function switch
    {
        "OrderWebhook" => Pick(random, AnyOrder.All),
        "SendGridWebhook" =>
            $$"""
            [{"email":"a@b.jp","timestamp":1795000000,"sg_event_id":"x","sg_message_id":"a.b",
              "event":"{{Pick(random, "delivered", "bounce", "click", "spamreport", "unsubscribe", "x")}}",
              "send_id":"{{Pick(random, known.Customers)}}-0123456789abcdef",
              "url":"https://a.example/","useragent":"x","reason":"550"}]
            """,
        "PostEvents" =>
            $$"""
            {"specversion":"1.0","id":"{{random.Next(1000)}}","source":"kanri","type":"review.posted",
             "time":"2026-11-03T09:00:00+09:00","subject":"email:aoi.sato@example.jp","data":{"stars":5} }
            """,
        "PutConsent" =>
            """{"channel":"email","state":"given","at":"2026-11-03T09:00:00+09:00","evidence":"""
            + """{"wording":"はい","page":"/x","ip":"192.0.2.1"}}""",
        "PostChatMessage" => Pick(
            random, $$"""{"id":"message-{{random.Next(10_000)}}","text":"{{Pick(
                random, "送料はいくらですか", "担当者と話したいです", "注文番号 #1001 はいつ届きますか", "配信停止", "👍", "?")}}"}""",
            $$"""{"id":"message-{{random.Next(10_000)}}","tap":"{{Pick(
                random, "chat:yes", "chat:no", "chat:people", "chat:prove", "chat:answer:shipping", "chat:order:#1001",
                "chat:", "chat:answer:../x", "tap:x")}}","on":"はい"}"""),
        "AskChatProof" => $$"""{"order":"{{random.Next(3)}}001","email":"k{{random.Next(6)}}@example.jp"}""",
        "GiveChatCode" => $$"""{"id":"proof-{{random.Next(1000)}}","code":"{{random.Next(1_000_000):d6}}"}""",
        "AddCoupons" => """{"codes":["A1","B2",{"code":"C3","expires":"2026-12-31"}]}""",
        "PatchCustomer" => """{"addTags":["VIP"],"removeTags":["new"],"language":"en","timeZone":"Asia/Tokyo"}""",
        "PutJourney" or "ValidateJourney" => RunningShop.Journey,
        "PutNewsletter" => AnyRequestTests.Newsletter,
        "PutIssue" =>
            "---\nsubject: 号 {{customer.salutation}}\n---\n" + Pick(
                random, "こんにちは。", string.Concat(Enumerable.Repeat("> ", 3000)),
                "{{#each suggestions}}\n- {{title}}\n{{/each}}", string.Concat(Enumerable.Repeat("[", 3000))) + "\n",
        "PutShop" => known.Shop,
        "SimulateJourney" =>
            """{"scenario":{"journey":"hello","customer":{"familyName":"佐藤","consent":{"email":"given"}},"events":"""
            + """[{"day":0,"event":"order.placed"},{"day":1,"event":"order.fulfilled"}],"diary":[]},"journey":"""
                + RunningShop.Journey
                + "}",
        "StartReplay" => """{"days":3,"files":{"journeys/hello.json":"{}"}}""",
        "ConfirmRequest" => """{"shop":"x.myshopify.com"}""",
        "UnsubscribeLink" or "ConfirmLink" => Pick(
            random, "List-Unsubscribe=One-Click", "choice=again", "choice=topics&topic=weekly", "choice=pause",
            "choice=%ff%00", "&&==", "choice=monthly&choice=all"),
        _ => "{}",
    };

    /// <summary>As it is, with one value another, with bytes changed, cut short, or not at all what was asked
    /// for.</summary>
    private static byte[] Bent(Random random, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(random.Next(10) is < 5 ? Replaced(random, body) : body);
        switch (random.Next(14))
        {
            case 0: return bytes[..random.Next(bytes.Length + 1)];
            case 1: return Encoding.UTF8.GetBytes(OddJson[random.Next(OddJson.Length)]);
            case 2: random.NextBytes(bytes.AsSpan(0, Math.Min(bytes.Length, 40))); return bytes;
            case 3:
                for (var n = random.Next(1, 6); n > 0
                    && bytes.Length > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            default: return bytes;
        }
    }

    private static string Replaced(Random random, string body)
    {
        JsonNode? root;
        try { root = JsonNode.Parse(body); }
        catch (System.Text.Json.JsonException) { return body; }
        if (root is null) return body;
        const string Mark = "@@odd@@";
        for (var at = root; ;)
        {
            var inner = at switch
            {
                JsonObject { Count: > 0 } members => members.ElementAt(random.Next(members.Count)).Value,
                JsonArray { Count: > 0 } items => items[random.Next(items.Count)],
                _ => null,
            };
            if (inner is JsonObject { Count: > 0 }
                or JsonArray { Count: > 0 } && random.Next(4) > 0) { at = inner; continue; }
            if (at is JsonObject named && random.Next(6) == 0) named[Odd[random.Next(Odd.Length)].Replace('"', 'q')] =
                Mark;
            else if (at is JsonObject { Count: > 0 } one) one[one.ElementAt(random.Next(one.Count)).Key] = Mark;
            else if (at is JsonArray { Count: > 0 } many) many[random.Next(many.Count)] = Mark;
            break;
        }
        return root
            .ToJsonString()
            .Replace($"\"{Mark}\"", OddJson[random.Next(OddJson.Length)], StringComparison.Ordinal);
    }
}
