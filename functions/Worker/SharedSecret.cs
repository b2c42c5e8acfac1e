using System.Text;
using Automation.Functions.Hosting;
using Automation.Storage;

namespace Automation.Functions.Worker;

/// <summary>A secret that one machine keeps in its data folder and several share through the tables: whoever is first
/// decides it.</summary>
public static class SharedSecret
{
    /// <summary>Makes the file say what the table says. A file that was there before any row, from the days on one
    /// machine, becomes the row.</summary>
    public static async Task Bring(Table table, string file, CancellationToken cancellation = default)
    {
        await table.CreateIfMissing(cancellation);
        var name = Path.GetFileNameWithoutExtension(file);
        var row = await table.Find("salt", name, cancellation);
        if (row is null)
        {
            await table.Add(new Row("salt", name) { { "Secret", Files.Secret(file) } }, cancellation);
            row = await table.Find("salt", name, cancellation);
        }
        Files.Replace(file, Encoding.ASCII.GetBytes(row!.GetString("Secret")!), secret: true);
    }
}
