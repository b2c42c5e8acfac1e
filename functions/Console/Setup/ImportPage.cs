using System.Globalization;
using Automation.Console.Setup;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Imports;
using Automation.Functions.Local;
using Automation.Marketing.Access;
using Automation.Marketing.Shop;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Setup.ImportPage;

namespace Automation.Functions.Console.Setup;

/// <summary>Customers and orders of the past, from a file: first how it is read, then brought in. Recognised by its
/// contents, a file that was cut short goes on where it was when it is handed in again. Storage: none before it is
/// brought in; then what <c>import</c> writes.</summary>
public sealed class ImportPage(IServiceProvider made, Settings settings, CurrentShop shop, TimeProvider time)
{
    private const string Unnamed = "import.csv";

    /// <summary>One at a time: two of one file would count each other's rows.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    [Function("ConsoleImport"), Needs(Role.Operator, IsRoutine = true)]
    public RazorComponentResult<Page> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/setup/import")] HttpRequest request) =>
        request.Page<Page>(Blank());

    /// <summary>Says how the file is read (<c>do=try</c>), or brings it in (<c>do=import</c>).</summary>
    [Function("ConsoleBringIn"), Needs(Role.Operator)]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/setup/import")] HttpRequest request)
    {
        var form = request.Form;
        var model = Blank() with { Source = $"{form["source"]}", AsOf = $"{form["asOf"]}".Trim() };
        if (!model.Sources.Contains(model.Source)) return request.Refused<Page>(model with { Refusal = "source" });
        var asOf = Import.Day(model.AsOf, shop.Settings, time.GetUtcNow());
        if (asOf is null && model.AsOf.Length > 0) return request.Refused<Page>(model with { Refusal = "day" });
        // Swept at the next start, were it left by a kill.
        using var work = new WorkFolder(settings.DataFolder);
        try
        {
            if (await Put(form, work) is not { } path) return request.Refused<Page>(model with { Refusal = "file" });
            model = model with { File = Path.GetFileName(path) };
            return $"{form["do"]}" == "import"
                ? await Bring(request, path, model, asOf)
                : request.Page<Page>(Try(path, model, asOf));
        }
        catch (InvalidDataException wrong)
        {
            return request.Refused<Page>(
                model with { Wrong = wrong.Message.Replace(work.File(""), "", StringComparison.Ordinal) });
        }
    }

    private ImportModel Blank() => new()
    {
        Sources = [.. settings.Sources.Select(source => source.Name)],
        Source = settings.Sources[0].Name,
    };

    private ImportModel Try(string path, ImportModel model, DateTimeOffset? asOf)
    {
        var file = ImportFile.Open(path, shop.Settings);
        var said = new StringWriter(CultureInfo.InvariantCulture);
        Preview.Print(file, new Reading(
            model.Source, shop.Settings, time.GetUtcNow(), file.Name, file.Reading.Format, asOf), said);
        return model with { Preview = said.ToString(), Text = file.Text() };
    }

    private async Task<IResult> Bring(HttpRequest request, string path, ImportModel model, DateTimeOffset? asOf)
    {
        if (!await Turn.WaitAsync(TimeSpan.Zero)) return request.Refused<Page>(model with { Refusal = "busy" });
        try
        {
            // To its end, though the browser were closed.
            var result = await new Import(made, model.Source, consentAsOf: asOf).Run(path, _ => { }, default);
            return request.Page<Page>(
                model with { Imported = result.Imported, LeftOut = [.. result.Bad.Select(line => $"{line}")] });
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The file as chosen, or as shown before; null: neither.</summary>
    private static async Task<string?> Put(IFormCollection form, WorkFolder work)
    {
        var (chosen, kept) = (form.Files["file"], $"{form["text"]}");
        if (chosen is not { Length: > 0 } && kept.Length == 0) return null;
        var path = work.File(Named(chosen is { Length: > 0 } ? chosen.FileName : $"{form["name"]}"));
        await using var file = File.Create(path);
        if (chosen is { Length: > 0 }) await chosen.CopyToAsync(file);
        else await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(kept));
        return path;
    }

    /// <summary>As evidence of consents; never a path.</summary>
    private static string Named(string name)
    {
        var bare = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return bare.Length is > 0 and <= 100 && bare.IndexOf('.', StringComparison.Ordinal) > 0
            && bare.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' or '(' or ')') ? bare : Unnamed;
    }
}
