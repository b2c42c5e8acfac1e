using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Functions.Local;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Files;
using Automation.Marketing.Intake;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Year.Tests.Faults;

/// <summary>One life of the process over a data folder: the product's own parts, functions, queues and timers. Killed,
/// what was committed then is what the next life finds, and nothing this one still does counts.</summary>
public sealed class Life : IAsyncDisposable
{
    /// <summary>Deliveries before a message is parked.</summary>
    private const int Attempts = 5;

    private readonly Lock dying = new();
    private readonly string folder, next;
    private readonly Dictionary<string, int> failures = [];
    private int writesLeft = int.MaxValue, callsLeft = int.MaxValue;
    private bool justAfter;
    private volatile bool dead;

    private Life(string folder, string next) => (this.folder, this.next) = (folder, next);

    public OneMachine Product { get; private set; } = null!;
    public IReadOnlyDictionary<string, FunctionCall> Functions { get; private set; } = null!;
    public bool IsDead => dead;

    /// <param name="next">The folder that a killed process leaves behind.</param>
    public static async Task<Life> Begin(
        string folder, string next, string shop, FaultyClock clock, FaultyProvider provider, int n)
    {
        var life = new Life(folder, next);
        var settings = SettingsReader.Read(SettingsReader.Gather(
            [$"--Data:Folder={folder}", $"--Shop:Folder={shop}", "--Sources:till:Platform=generic",
                "--Sources:till:Secret=a-secret-of-the-till"]));
        Directory.CreateDirectory(folder);
        life.Product = await OneMachine.Open(settings, clock, services => services
            .AddSingleton(new SqliteOptions { Durable = false })
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<TableService>(made =>
                new MortalTables(new SqliteTableService(made.GetRequiredService<SqliteDatabase>(), clock), life))
            .AddSingleton<IMailTransport>(new FaultyProvider.Line(provider, life, n)));
        life.Functions = await FunctionCall.All(life.Product.Services);
        life.Product.Get<EmbeddedTaskHub>().Start();
        return life;
    }

    /// <summary>What the program does once it runs.</summary>
    public async Task TakeUp()
    {
        await Try(async () =>
        {
            await Product.Get<Marketing.Journeys.Sweep>().Run(default);
            await Product.Get<Tables>().AlarmQueue.Send(new AlarmMessage.Held(null).Write());
            await Product.Get<IssueControl>().Sweep(Product.Get<PublishedNewsletters>().Known());
            await Product.Get<Erasure>().Finish();
        });
    }

    /// <summary>It is killed at the so-many-th write from now.</summary>
    public void DieAtWrite(int nth, bool after) => (writesLeft, justAfter) = (nth, after);

    /// <summary>It is killed while the so-many-th mail from now is handed over.</summary>
    public void DieAtHandover(int nth, bool after) => (callsLeft, justAfter) = (nth, after);

    /// <summary>Does something that a killed process does not finish; false: it was killed, or it failed as a function
    /// may.</summary>
    public async Task<bool> Try(Func<Task> act)
    {
        try
        {
            await act();
            return !dead;
        }
        catch (KilledException) { return false; }
        catch (Exception failure) when (dead && failure is not OutOfMemoryException) { return false; }
    }

    public void Check()
    {
        if (dead) throw new KilledException();
    }

    public void WhileAlive(Action act)
    {
        lock (dying)
        {
            Check();
            act();
        }
    }

    internal async Task<T> Write<T>(Func<Task<T>> write)
    {
        Check();
        var dies = Interlocked.Decrement(ref writesLeft) == 0;
        if (dies && !justAfter) await Die();
        var answer = await write();
        if (dies) await Die();
        Check();
        return answer;
    }

    internal async Task DeliveryResult(bool before)
    {
        Check();
        if (before == justAfter) return;
        if (Interlocked.Decrement(ref callsLeft) == 0) await Die();
    }

    /// <summary>Right here: what is committed by now is what a crash leaves.</summary>
    public async Task Die()
    {
        await Product.Get<SqliteDatabase>().Write(_ =>
        {
            lock (dying)
            {
                if (dead) return;
                Directory.CreateDirectory(next);
                foreach (var secret in Directory.EnumerateFiles(folder, "*.secret"))
                    File.Copy(secret, Path.Combine(next, Path.GetFileName(secret)));
                Product.Get<SqliteDatabase>().Read(db =>
                {
                    db.Execute($"VACUUM INTO '{Path.Combine(next, "automation.db")}'");
                    return true;
                });
                dead = true;
            }
        });
        Check();
    }

    /// <summary>Works off what can be taken of all queues, as the pump would; false: there was nothing.</summary>
    public async Task<bool> Pump()
    {
        var any = false;
        foreach (var (queue, function) in (IEnumerable<(Queue, string)>)[(Product.Get<Tables>().OrderQueue,
            "OrderIntake"), (Product.Get<Tables>().AlarmQueue, "SetAlarms"),
            (Product.Get<Tables>().EngagementQueue, "EngagementIntake")])
            while (!dead && await queue.Receive(32, TimeSpan.FromMinutes(5)) is { Count: > 0 } messages)
            {
                any = true;
                foreach (var message in messages) await Work(queue, function, message);
            }
        return any;
    }

    private async Task Work(Queue queue, string function, QueuedMessage message)
    {
        if (dead) return;
        try
        {
            await Functions[function].Run(new BinaryData(message.Body), default);
            if (!dead) await queue.Delete(message.Id, message.Receipt);
        }
        catch (Exception) when (dead) { }
        catch (Exception failure) when (failure is UnreadableException
            || (failures[message.Id] = failures.GetValueOrDefault(message.Id) + 1) >= Attempts)
        {
            await Try(async () =>
            {
                await Product.Get<ParkMessages>().Of(queue.Name)(message, failure.Message, default);
                await queue.Delete(message.Id, message.Receipt);
            });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            await queue.ChangeVisibility(message.Id, message.Receipt, TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync() => await Product.DisposeAsync();
}
