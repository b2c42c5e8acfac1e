namespace Automation.Functions.Tests.Bicep;

public sealed class TemplateTests
{
    [BicepFact]
    public void The_compiler_has_nothing_to_say_of_the_templates_and_parameter_files() =>
        Assert.Equal(("", ""), (Deployment.Dev.Said, Deployment.Prod.Said));

    [BicepFact]
    public void Every_resource_has_a_released_version() =>
        Assert.All(Deployment.Dev.All.Concat(Deployment.Prod.All), resource =>
            Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", resource.GetProperty("apiVersion").GetString()));

    [Fact]
    public void Every_module_is_used() => Assert.All(Folder.Templates.Where(path => path != "main.bicep"), path =>
        Assert.Matches($"(?m)^module \\w+ '{path}' = ", Folder.Read("main.bicep")));

    [Fact]
    public void No_environment_is_named_in_a_template() =>
        Assert.All(Folder.Templates, path => Assert.DoesNotMatch("'(dev|prod)'", Folder.Read(path)));

    [BicepFact]
    public void No_key_opens_the_storage_account()
    {
        var account = Deployment.Dev.Resources("Microsoft.Storage/storageAccounts").Single().GetProperty("properties");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
    }

    private static readonly Lazy<string> Mistakes = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("bicep-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "one.bicep"), "param wanted string\noutput given string = wanted");
            File.WriteAllText(Path.Combine(folder, "main.bicep"), """
                @allowed([1, 2])
                param size int
                param free string
                param unread string = ''
                resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
                  name: '${free}${size}'
                  location: 'japaneast'
                  kind: 'StorageV2'
                  sku: { name: 'Standard_LRS' }
                  properties: { allowSharedKeyAcess: false }
                }
                module two 'two.bicep' = {}
                module one 'one.bicep' = { params: { odd: 'x' } }
                output undeclared string = nothing
                output nowhere string = one.outputs.nothing
                output key string = account.listKeys().keys[0].value
                """);
            File.WriteAllText(
                Path.Combine(folder, "all.bicepparam"), "using 'main.bicep'\nparam size = 3\nparam odd = 2\n");
            return BicepCli.Run(folder, "build-params", "all.bicepparam", "--stdout");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    /// <summary>What any output stands for.</summary>
    [BicepTheory]
    [InlineData("BCP089", "allowSharedKeyAcess")]
    [InlineData("BCP057", "\"nothing\" does not exist")]
    [InlineData("BCP053", "does not contain property \"nothing\"")]
    [InlineData("BCP091", "two.bicep")]
    [InlineData("BCP035", "\"wanted\"")]
    [InlineData("BCP037", "\"odd\"")]
    [InlineData("no-unused-params", "\"unread\"")]
    [InlineData("outputs-should-not-contain-secrets", "listKeys")]
    [InlineData("BCP327", "(which will always be greater than or equal to 3) is too large")]
    [InlineData("BCP258", "\"free\"")]
    [InlineData("BCP259", "\"odd\"")]
    public void A_mistake_is_told(string code, string named) =>
        Assert.Contains(Mistakes.Value.Split('\n'), line =>
            line.Contains(code, StringComparison.Ordinal) && line.Contains(named, StringComparison.Ordinal));
}
