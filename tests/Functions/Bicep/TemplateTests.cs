namespace Automation.Functions.Tests.Bicep;

public sealed class TemplateTests
{
    public static TheoryData<string> Templates => [.. Folder.Templates];
    public static TheoryData<string> Parameters => [.. Folder.Parameters];

    [Theory, MemberData(nameof(Templates))]
    public void Every_template_holds_together(string path) => Assert.Empty(Checks.Problems(Folder.Read(path), Folder.Beside(path)));

    [Theory, MemberData(nameof(Parameters))]
    public void Every_parameter_file_gives_what_is_wanted_and_nothing_else(string path)
    {
        var file = Folder.Read(path);
        Assert.Equal("main.bicep", Assert.Single(file.Of<Declaration.Using>()).Path);
        Assert.Empty(Checks.ParameterProblems(file, Folder.Main));
    }

    [Fact]
    public void Every_module_is_used()
    {
        var used = Folder.Main.Of<Declaration.Module>().Select(module => module.Path).Append("main.bicep");
        Assert.Equal(Folder.Templates, used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_environment_is_named_in_a_template() =>
        Assert.All(Folder.Templates, path =>
            Assert.DoesNotContain(Folder.Read(path).Expressions.OfType<Expression.Text>(), text => text.Letters is "dev" or "prod"));

    [Fact]
    public void No_key_opens_the_storage_account()
    {
        var account = Folder.Read("modules/storage.bicep").Of<Declaration.Resource>().Single(resource => resource.Name == "account").Body as Expression.Object;
        var properties = account?["properties"] as Expression.Object;
        Assert.Equal("false", (properties?["allowSharedKeyAccess"] as Expression.Literal)?.Value);
        Assert.Equal("false", (properties?["allowBlobPublicAccess"] as Expression.Literal)?.Value);
        Assert.Equal("TLS1_2", (properties?["minimumTlsVersion"] as Expression.Text)?.Letters);
    }

    [Theory]
    [InlineData("param a string = 'x'\noutput o string = '${a}${b}'", "line 2: 'b' is declared nowhere")]
    [InlineData("var a = nonsense('x')\noutput o string = a", "line 1: 'nonsense' is no function we know")]
    [InlineData("param a string", "line 1: nobody reads 'a'")]
    [InlineData("var a = 1\nvar a = 2\noutput o int = a", "line 2: 'a' is declared twice")]
    [InlineData("var a = [for x in y: x]\noutput o array = a", "line 1: 'y' is declared nowhere")]
    [InlineData("resource s 'Microsoft.Web/sites' = { name: 'x' }", "line 1: 'Microsoft.Web/sites' is no resource type with a released version")]
    [InlineData("resource s 'Microsoft.Web/sites@2024-04-01-preview' = { name: 'x' }", "line 1: 'Microsoft.Web/sites@2024-04-01-preview' is no resource type with a released version")]
    [InlineData("resource s 'Microsoft.Storage/storageAccounts@2023-05-01' = { name: 'x' }\noutput o string = s.listKeys().keys[0].value", "line 2: the output 'o' gives away 'listKeys'")]
    [InlineData("@secure()\nparam a string\noutput o string = a", "line 3: the output 'o' gives away 'a'")]
    [InlineData("@nonsense()\nparam a string\noutput o string = a", "line 1: '@nonsense' is no decorator we know")]
    [InlineData("module m 'none.bicep' = { name: 'm' }", "line 1: there is no file 'none.bicep'")]
    [InlineData("module m 'one.bicep' = { name: 'm' }", "line 1: one.bicep wants 'wanted'")]
    [InlineData("module m 'one.bicep' = { name: 'm', params: { wanted: 'x', odd: 'y' } }", "line 1: one.bicep has no parameter 'odd'")]
    [InlineData("module m 'one.bicep' = { name: 'm', params: { wanted: 'x' } }\nvar a = m.outputs.nothing\noutput o string = a", "line 2: one.bicep has no output 'nothing'")]
    public void A_template_that_does_not_hold_together_is_told_so(string text, string problem) =>
        Assert.Contains(problem, Checks.Problems(BicepFile.Parse("odd.bicep", text), path => path == "one.bicep" ? BicepFile.Parse(path, "param wanted string\noutput given string = wanted") : null));

    [Theory]
    [InlineData("using 'main.bicep'\nparam size = 1\nparam odd = 2", "line 3: there is no parameter 'odd'")]
    [InlineData("using 'main.bicep'", "'size' is not given")]
    [InlineData("using 'main.bicep'\nparam size = 3", "line 2: 'size' may not be that")]
    public void A_parameter_file_that_does_not_fit_is_told_so(string text, string problem) =>
        Assert.Contains(problem, Checks.ParameterProblems(BicepFile.Parse("odd.bicepparam", text), BicepFile.Parse("main.bicep", "@allowed([1, 2])\nparam size int\nparam free string = ''\noutput o string = '${size}${free}'")));

    [Theory]
    [InlineData("var a = [\n  1\n", "line 1: ']' is missing")]
    [InlineData("var a = {\n  b: [1)\n}", "line 2: ')' closes nothing")]
    [InlineData("var a = 'open", "line 1: a text is not closed")]
    [InlineData("var a = '${b'", "line 1: ")]
    [InlineData("var a = 1 2", "line 1: the end of the line is expected")]
    [InlineData("var a = { b 1 }", "line 1: ':' is expected")]
    [InlineData("var a = [1 2]", "line 1: a comma")]
    [InlineData("var a =", "line 1: a value is expected")]
    [InlineData("nonsense", "line 1: 'nonsense' starts no statement")]
    [InlineData("/* open", "line 1: a comment is not closed")]
    public void Text_that_is_no_template_is_refused_with_its_line(string text, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => BicepFile.Parse("odd.bicep", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_templates_are_written_in_is_understood()
    {
        var file = BicepFile.Parse("all.bicep", """
            /* all of it */ targetScope = 'resourceGroup' // here
            @description('it\'s \${fine}')
            param list array = []
            var chosen = empty(list) ? 'none' : '${list[0].name}-${take('a', 1)}'
            var many = '''
            not ${interpolated}
            '''
            var names = [for one in filter(list, it => it.good && !it.bad): { name: one.name, text: '${one}' }]
            resource r 'Microsoft.Web/sites@2024-04-01' = if (chosen == 'x') {
              name: chosen
              'odd name': many
              tags: {}
            }
            output o array = concat(names, [
              r.id
            ])
            """);
        Assert.Empty(Checks.Problems(file, _ => null));
        Assert.Equal("*-*", file.Expressions.OfType<Expression.Text>().Single(text => text.Letters.Contains('*', StringComparison.Ordinal) && text.Letters.Contains('-', StringComparison.Ordinal)).Letters);
    }
}
