using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing;

namespace Automation.Functions.Commands;

/// <summary><c>new</c>: a shop folder to begin with, made of the shop that comes with the program.</summary>
public static partial class NewCommand
{
    private const string Prefix = "shop/";

    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The shop's folder; not there yet, or empty." };
        var name = new Option<string?>("--name") { Description = "The shop's name, as it stands in mails." };
        var address = new Option<string?>("--address")
        {
            Description = "Its postal address: the law wants it in mails.",
        };
        var email = new Option<string?>("--email") { Description = "Where customers write to." };
        var made = new Command("new", """
            Makes a shop folder to begin with: journeys, mails, scenarios and a newsletter of an imagined tea shop, and
            the schemas by which editors complete and check them. Make them yours; validate says whether all is right.
            """) { folder, name, address, email };
        made.SetAction((parsed, cancellation) => Run(
            parsed.GetRequiredValue(folder),
            new()
            {
                ["name"] = parsed.GetValue(name),
                ["postalAddress"] = parsed.GetValue(address),
                ["email"] = parsed.GetValue(email)
            },
            cancellation));
        return made;
    }

    private static async Task<int> Run(
        string folder, Dictionary<string, string?> said, CancellationToken cancellation)
    {
        if (File.Exists(folder)) return await CommandLine.Misuse($"{folder} is a file.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return await CommandLine.Misuse($"{folder} is not empty; name another folder.");
        var program = typeof(NewCommand).Assembly;
        foreach (var resource in program.GetManifestResourceNames()
            .Where(one => one.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = resource[Prefix.Length..].Replace('\\', '/');
            var place = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            await using var content = program.GetManifestResourceStream(resource)!;
            await using var file = new FileStream(place, FileMode.CreateNew);
            if (path.EndsWith(".json", StringComparison.Ordinal))
                await file.WriteAsync(Encoding.UTF8.GetBytes(await Here(path, content, said)), cancellation);
            else await content.CopyToAsync(file, cancellation);
        }
        SchemasCommand.Write(Path.Combine(folder, "schemas"));
        System.Console.WriteLine($"{folder} is there. {(said.Values.All(value => value is not null)
            ? "Next: " : $"Write into {folder}/shop.json who you are (name, postalAddress, contact). Then: ")}"
            + $"validate {folder}, test {folder}, serve --Shop:Folder={folder}");
        return CommandLine.Fine;
    }

    /// <summary>A file as it stands in the new folder: it names the schema beside it, and the shop as it is
    /// called.</summary>
    private static async Task<string> Here(string path, Stream content, Dictionary<string, string?> said)
    {
        using var reader = new StreamReader(content);
        var up = string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/')));
        var text = SchemaPath().Replace(await reader.ReadToEndAsync(), $"\"$$schema\": \"{up}schemas/", 1);
        if (path != "shop.json") return text;
        foreach (var (name, value) in said)
            if (value is not null) text = new Regex($"(\"{name}\": )\"[^\"]*\"").Replace(
                text, match => match.Groups[1].Value + JsonSerializer.Serialize(value, RowJson.Readable), 1);
        return text;
    }

    [GeneratedRegex("""
        "\$schema": "(\.\./)*docs/schema/
        """)]
    private static partial Regex SchemaPath();
}
