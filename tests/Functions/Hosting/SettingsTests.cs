using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Microsoft.Extensions.Configuration;

namespace Automation.Functions.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_configured_is_a_working_shop_on_this_machine()
    {
        var settings = Read([]);
        Assert.Equal("http://localhost:7071", settings.Urls);
        Assert.Equal(Path.GetFullPath("shop"), settings.ShopFolder);
        Assert.Equal(Path.GetFullPath("data"), settings.DataFolder);
        Assert.Equal("folder", settings.Mail.Transport);
        Assert.Equal(1, settings.ClockRate);
        Assert.Equal(ConfiguredSource.Demo, Assert.Single(settings.Sources));
    }

    [Theory]
    [InlineData("Sources:main:Platform=shoppify;Sources:main:Secret=0123456789abcdef",
        "Sources:main:Platform is 'shoppify'", "shopify, woocommerce, generic")]
    [InlineData("Sources:main:Platform=shopify", "Sources:main:Secret is missing", "Sources__main__Secret")]
    [InlineData("Sources:main:Secret=0123456789abcdef", "Sources:main:Platform is missing", "shopify")]
    [InlineData(
        "Sources:My Shop:Platform=shopify;Sources:My Shop:Secret=0123456789abcdef", "Sources:My Shop", "lower-case")]
    [InlineData("Sources:main:Platform=shopify;Sources:main:Secret=0123456789abcdef;Sources:main:Secrett=s",
        "Sources:main:Secrett is not known", "PreviousSecret")]
    [InlineData("Line:shop:AccessToken=t", "Line:shop:Secret is missing", "Line__shop__Secret")]
    [InlineData("Line:shop:Secret=0123456789abcdef", "Line:shop:AccessToken is missing", "Messaging API")]
    [InlineData("Line:shop:Secret=short;Line:shop:AccessToken=t", "Line:shop:Secret is too short", "32")]
    [InlineData("Line:shop:Secret=0123456789abcdef;Line:shop:AccessToken=a b", "Line:shop:AccessToken", "line breaks")]
    [InlineData("Line:shop:Secret=0123456789abcdef;Line:shop:AccessToken=t;Line:shop:Token=t",
        "Line:shop:Token is not known", "AccessToken")]
    [InlineData("Line:shop:Secret=0123456789abcdef;Line:shop:AccessToken=t;Line:tea:Secret=0123456789abcdef",
        "Line has shop, tea", "one channel")]
    [InlineData("Line:Secret=0123456789abcdef", "Line:Secret", "as in Line:shop:Secret")]
    [InlineData("Line:shop:Secret=0123456789abcdef;Line:shop:AccessToken=t;Line:shop:BaseUrl=line.me",
        "Line:shop:BaseUrl is 'line.me'", "https://api.line.me")]
    [InlineData("Chat:Model:Name=gpt;Chat:Model:Key=k;Chat:Model:Kye=k", "Chat:Model:Kye is not known",
        "did you mean Chat:Model:Key?")]
    [InlineData("Chat:Model:Name=gpt", "Chat:Model:Key is missing", "Chat__Model__Key")]
    [InlineData("Chat:Model:Key=k", "Chat:Model:Name is missing", "deployment")]
    [InlineData("Chat:Model=gpt", "Chat:Model is 'gpt'", "Chat:Model:Name=gpt")]
    [InlineData("Chat:Model:Name=gpt;Chat:Model:Key=a b", "Chat:Model:Key is not a key", "line breaks")]
    [InlineData("Chat:Model:Name=gpt;Chat:Model:Url=http://models.example/v1", "Chat:Model:Url is", "https")]
    [InlineData("Chat:Model:Name=gpt;Chat:Model:Key=k;Chat:Model:Seconds=60", "Chat:Model:Seconds is '60'", "20")]
    [InlineData("Chat:Model:Name=gpt;Chat:Model:Key=k;Chat:Model:Redact=no", "Chat:Model:Redact is 'no'", "true")]
    [InlineData("Chat:Modle:Name=gpt", "Chat:Modle is not known", "Model")]
    [InlineData("Mail:Transport=smtp", "Mail:Transport is 'smtp'", "folder or sendgrid")]
    [InlineData("Mail:Transport=sendgrid;Mail:From=a@b.jp;Mail:TransactionalFrom=c@b.jp", "SendGrid:ApiKey is missing",
        "Mail Send")]
    [InlineData("Mail:Transport=sendgrid;SendGrid:ApiKey=k;Mail:From=a@b.jp", "Mail:TransactionalFrom is missing",
        "another one")]
    [InlineData("Mail:From=nobody", "Mail:From is 'nobody'", "e-mail")]
    [InlineData("Mail:Transprot=folder", "Mail:Transprot is not known", "Transport")]
    [InlineData("Mial:From=a@b.jp", "Mial is not known", "did you mean Mail?")]
    [InlineData("Sourcs:main:Platform=shopify", "Sourcs is not known", "did you mean Sources?")]
    [InlineData("Urls=localhost:8080", "Urls is 'localhost:8080'", "http://localhost:7071")]
    [InlineData("Urls=http://localhost:99999", "Urls is 'http://localhost:99999'", "http://localhost:7071")]
    [InlineData("Urls=https://localhost:8443", "Urls is 'https://localhost:8443'", "reverse proxy")]
    [InlineData("Urls=http://localhost:8080/shop", "Urls is", "reverse proxy")]
    [InlineData("Clock:Rate=fast", "Clock:Rate is 'fast'", "number")]
    [InlineData("Clock:Rate=0", "Clock:Rate is '0'", "0.001")]
    [InlineData("SendGrid:ChunkSize=1001", "SendGrid:ChunkSize is '1001'", "1000")]
    [InlineData("SendGrid:Sandbox=yes", "SendGrid:Sandbox is 'yes'", "true or false")]
    [InlineData("Site:PublicUrl=shop.example.jp", "Site:PublicUrl is 'shop.example.jp'", "https://")]
    [InlineData("Storage:Engine=postgres", "Storage:Engine is 'postgres'", "sqlite")]
    [InlineData("Sources:main:Platform=shopify;Sources:main:Secret=hush", "Sources:main:Secret is too short", "16")]
    [InlineData("Sources:main:Platform=shopify;Sources:main:Secret=0123456789abcdef;Sources:main:PreviousSecret=x",
        "Sources:main:PreviousSecret is too short", "16")]
    [InlineData("Sources:main:Platform=generic;Sources:main:Secret=0123456789abcdef;Sources:main:PlacedStatuses=paid",
        "Sources:main:PlacedStatuses", "order.placed")]
    [InlineData(
        "Sources:main:Platform=woocommerce;Sources:main:Secret=0123456789abcdef;Sources:main:PlacedStatuses=on hold",
        "names 'on hold'", "on-hold, processing, completed")]
    [InlineData("Site:Proxies=10.0.0.4/99", "Site:Proxies names '10.0.0.4/99'", "10.1.0.0/16")]
    [InlineData("Api:Key=1234", "Api:Key is too short", "16")]
    [InlineData("Api:PreviousKey=1234", "Api:PreviousKey is too short", "16")]
    [InlineData("Api:Keys:mika:Key=0123456789abcdef", "Api:Keys:mika:Role is missing", "viewer, marketer, operator")]
    [InlineData("Api:Keys:mika:Key=0123456789abcdef;Api:Keys:mika:Role=marketeer", "Api:Keys:mika:Role is 'marketeer'",
        "did you mean marketer?")]
    [InlineData("Api:Keys:mika:Role=viewer", "Api:Keys:mika:Key is missing", "16")]
    [InlineData("Api:Keys:mika:Key=short;Api:Keys:mika:Role=viewer", "Api:Keys:mika:Key is too short", "16")]
    [InlineData(
        "Api:Keys:owner:Key=0123456789abcdef;Api:Keys:owner:Role=viewer", "Api:Keys:owner", "the name of Api:Key")]
    [InlineData("Api:Keys:mika:Key=0123456789abcdef;Api:Keys:mika:Role=viewer;Api:Keys:mika:Rights=all",
        "Api:Keys:mika:Rights is not known", "PreviousKey")]
    [InlineData(
        "Api:Keys:a:Key=0123456789abcdef;Api:Keys:a:Role=viewer;Api:Keys:b:Key=0123456789abcdef;"
        + "Api:Keys:b:Role=operator",
        "two names have the same key", "could not be told")]
    [InlineData("Api:Key=@Microsoft.KeyVault(SecretUri=https://vault/secrets/Api--Key)",
        "Api:Key is a Key Vault reference", "may the app read it")]
    public void A_mistake_in_the_configuration_names_its_key_and_what_to_do(
        string configured, string named, string advice)
    {
        var refused = Assert.Throws<SettingsException>(() => Read(configured.Split(';')));
        var problem = Assert.Single(refused.Problems);
        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.Contains(advice, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://0.0.0.0:8080/")]
    public void Any_address_of_this_machine_may_be_listened_on(string url) =>
        Assert.Equal(url, Read([$"Urls={url}"]).Urls);

    [Fact]
    public void The_case_of_a_key_does_not_matter_as_in_the_environment() =>
        Assert.Equal(
            new ConfiguredSource
            {
                Name = "main",
                Platform = "generic",
                Secret = "0123456789abcdef",
                PreviousSecret = null,
            },
            Assert.Single(Read(["sources:main:platform=generic", "SOURCES:main:SECRET=0123456789abcdef"]).Sources));

    [Fact]
    public void Somebody_s_own_variables_are_not_taken_for_settings() =>
        Assert.Equal("folder", Read(["EMAIL=me@example.jp", "URL=x"]).Mail.Transport);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<SettingsException>(() => Read(
            ["Clock:Rate=x", "Mail:Transport=x", "Sources:a:Platform=generic"])).Problems.Count);

    [Theory]
    [InlineData("Sources:a:PlacedStatuses=processing, wc-completed")]
    [InlineData("Sources:a:PlacedStatuses:0=processing;Sources:a:PlacedStatuses:1=completed")]
    public void The_statuses_of_placed_orders_are_listed_as_one_likes(string configured) => Assert.Equal([
        "processing", "completed"
    ],
        Assert.Single(Read([
            "Sources:a:Platform=woocommerce",
            "Sources:a:Secret=0123456789abcdef",
            .. configured.Split(';')
        ]).Sources).PlacedStatuses);

    [Fact]
    public void A_secret_can_be_rotated() =>
        Assert.Equal(
            new ConfiguredSource
            {
                Name = "a",
                Platform = "generic",
                Secret = "new-new-new-new-new",
                PreviousSecret = "old-old-old-old-old",
            },
            Assert.Single(Read(["Sources:a:Platform=generic", "Sources:a:Secret=new-new-new-new-new",
                "Sources:a:PreviousSecret=old-old-old-old-old"]).Sources));

    [Fact]
    public void A_generated_secret_stays_the_same_and_is_readable_by_its_owner_only()
    {
        using var data = new TemporaryFolder();
        var made = Files.Secret(data.File("api.key"));
        Assert.Equal(48, made.Length);
        Assert.Equal(made, Files.Secret(data.File("api.key")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.File("api.key")));
    }

    private static Settings Read(string[] configured) =>
        SettingsReader.Read(new ConfigurationBuilder().AddCommandLine([.. configured.Select(c => $"--{c}")]).Build());
}
