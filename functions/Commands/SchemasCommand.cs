using System.CommandLine;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Publishing;

namespace Automation.Functions.Commands;

/// <summary><c>schemas</c>: the editor schemas as files, for shops that lie somewhere else than this program.</summary>
public static class SchemasCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "Where they are written, e.g. my-shop/schemas; made where it is not there."
        };
        var schemas = new Command("schemas", """
            Writes the schemas by which editors complete and check a shop's files. Files name them in $schema, e.g.
            "../schemas/journey.schema.json"; a running program has them at /schemas/journey.schema.json too. Run it
            again after an upgrade.
            """) { folder };
        schemas.SetAction(parsed =>
        {
            Write(parsed.GetRequiredValue(folder));
            System.Console.WriteLine(
                $"{parsed.GetRequiredValue(folder)}: {Amount.Of(Schemas.All.Count, "schema")}");
            return CommandLine.Fine;
        });
        return schemas;
    }

    public static void Write(string folder)
    {
        foreach (var (name, text) in Schemas.All)
            Files.Replace(Path.Combine(folder, name), System.Text.Encoding.UTF8.GetBytes(text));
    }
}
