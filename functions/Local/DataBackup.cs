using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Sqlite;

namespace Automation.Functions.Local;

/// <summary>What a backup says of itself (<c>manifest.json</c> in it).</summary>
/// <param name="Format">1.</param>
/// <param name="Files">SHA-256 of each file in it, lower-case hex, by name.</param>
public sealed record BackupManifest(int Format, DateTimeOffset MadeAt, SortedDictionary<string, string> Files);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;

/// <summary>A data folder as one file, a zip: the database as it is at one moment, secrets, keys, and when the timers
/// ran; not the mails in <c>outbox/</c>. Made while the program runs.</summary>
public static class DataBackup
{
    private const string Database = Hosting.Files.Database, Manifest = "manifest.json";
    private const int Format = 1;

    /// <summary>Writes the file, whole or not at all, and checks it before it has its name. InvalidDataException where
    /// the data themselves are damaged.</summary>
    public static async Task<BackupManifest> Make(
        string data, string to, TimeProvider time, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(to);
        WorkFolder.Sweep(Path.GetDirectoryName(full)!);
        // Beside the backup: the data folder may have no room for a second database.
        using var work = new WorkFolder(Path.GetDirectoryName(full)!);
        var madeAt = time.GetUtcNow();
        SqliteBackup.Copy(Path.Combine(data, Database), work.File(Database));
        if (SqliteBackup.Damage(work.File(Database)) is { } damage)
            throw new InvalidDataException($"{Path.Combine(data, Database)} is damaged: {damage}");
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using (var zip = new FileStream(work.File("zip"), Private()))
        {
            await using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            {
                files[Database] = await Add(archive, Database, work.File(Database), cancellation);
                foreach (var name in Beside(data))
                    files[name] = await Add(archive, name, Path.Combine(data, name), cancellation);
                await using var entry = await archive.CreateEntry(Manifest).OpenAsync(cancellation);
                await JsonSerializer.SerializeAsync(
                    entry, new BackupManifest(Format, madeAt, files), BackupJson.Default.BackupManifest, cancellation);
            }
            zip.Flush(flushToDisk: true);
        }
        File.Move(work.File("zip"), full, overwrite: true);
        return new(Format, madeAt, files);
    }

    /// <summary>Makes the data folder what the backup says, once all of it was found whole; what is there is first
    /// backed up itself. InvalidDataException where the backup is damaged, IOException where a process has the data
    /// open: then nothing was changed.</summary>
    /// <returns>The backup of what was there; null: there was nothing.</returns>
    public static async Task<string?> Restore(
        string data, string from, TimeProvider time, CancellationToken cancellation)
    {
        Hosting.Files.OwnFolder(data);
        WorkFolder.Sweep(data);
        using var work = new WorkFolder(data);
        var manifest = await Unpack(from, work, cancellation);
        string? before = null;
        var database = Path.Combine(data, Database);
        if (File.Exists(database))
        {
            SqliteDatabase.EnsureFree(database);
            before = await Keep(data, time, cancellation);
        }
        // The database last: with it the folder is what the backup says.
        foreach (var name in manifest.Files.Keys.Where(name => name != Database))
        {
            var place = Path.Combine(data, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(work.File(name), place, overwrite: true);
        }
        SqliteBackup.Replace(database, work.File(Database));
        return before;
    }

    /// <summary>Backs up what is about to be replaced; a database too damaged for that is kept as it is.</summary>
    private static async Task<string> Keep(string data, TimeProvider time, CancellationToken cancellation)
    {
        var kept = Path.Combine(data, $"before-restore-{time.GetUtcNow():yyyyMMddHHmmss}");
        try
        {
            await Make(data, $"{kept}.zip", time, cancellation);
            return $"{kept}.zip";
        }
        catch (Exception damaged) when (damaged is InvalidDataException or SqliteException)
        {
            File.Copy(Path.Combine(data, Database), $"{kept}.db");
            return $"{kept}.db";
        }
    }

    /// <summary>What lies beside the database and belongs to it, as paths within the folder.</summary>
    private static IEnumerable<string> Beside(string data) =>
        from file in Directory.EnumerateFiles(data, "*.secret")
            .Concat(Directory.EnumerateFiles(data, "api.key"))
            .Concat(Directory.EnumerateFiles(data, "clock.json"))
            .Concat(Directory.Exists(Path.Combine(data, "timers"))
                ? Directory.EnumerateFiles(Path.Combine(data, "timers")) : [])
        let name = Path.GetRelativePath(data, file).Replace('\\', '/')
        orderby name
        select name;

    private static async Task<string> Add(
        ZipArchive archive, string name, string file, CancellationToken cancellation)
    {
        await using var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation);
        await using var content = File.OpenRead(file);
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write, leaveOpen: true);
        await content.CopyToAsync(hashed, cancellation);
        await hashed.FlushFinalBlockAsync(cancellation);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static async Task<BackupManifest> Unpack(string from, WorkFolder work, CancellationToken cancellation)
    {
        await using var zip = File.OpenRead(from);
        await using var archive = await ZipArchive.CreateAsync(
            zip, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
        var manifest = await Read(archive, cancellation) is { } read && read.Files.ContainsKey(Database) ? read
            : throw new InvalidDataException($"{from} is not a backup: it has no {Manifest} that names {Database}.");
        if (manifest.Format != Format)
            throw new InvalidDataException(
                $"{from} was made by another version: its format is {manifest.Format}, known is {Format}.");
        foreach (var (name, expected) in manifest.Files)
        {
            if (!IsOurs(name))
                throw new InvalidDataException($"{from} names {name}, which is not a file of a data folder.");
            var entry = archive.GetEntry(name)
                ?? throw new InvalidDataException($"{from} is not whole: {name} is missing.");
            var place = work.File(name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            await using (var content = await entry.OpenAsync(cancellation))
            await using (var file = new FileStream(place, Private()))
            {
                await content.CopyToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }
            await using var written = File.OpenRead(place);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellation)) != expected)
                throw new InvalidDataException($"{from} is damaged: {name} is not what was backed up.");
        }
        return SqliteBackup.Damage(work.File(Database)) is { } damage
            ? throw new InvalidDataException($"{from} is damaged: {Database}: {damage}") : manifest;
    }

    private static async Task<BackupManifest?> Read(ZipArchive archive, CancellationToken cancellation)
    {
        if (archive.GetEntry(Manifest) is not { } entry) return null;
        await using var text = await entry.OpenAsync(cancellation);
        try { return await JsonSerializer.DeserializeAsync(text, BackupJson.Default.BackupManifest, cancellation); }
        catch (JsonException) { return null; }
    }

    /// <summary>A file of a data folder, and no way out of it.</summary>
    private static bool IsOurs(string name) =>
        name is Database or "api.key" or "clock.json"
        || name.Split('/') is [{ } secret] && secret.EndsWith(".secret", StringComparison.Ordinal) && IsPlain(secret)
        || name.Split('/') is ["timers", { Length: > 0 } timer] && IsPlain(timer);

    private static bool IsPlain(string name) =>
        name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
