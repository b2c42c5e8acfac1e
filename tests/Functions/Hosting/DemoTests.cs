using Automation.DurableTask.Embedded;
using Automation.Functions.Demo;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Marketing.Journeys;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The imagined year is a shop like any other.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Nobody_of_the_imagined_year_has_lost_their_alarm()
    {
        using var folder = new TemporaryFolder();
        var settings = SettingsReader.Read(SettingsReader.Gather(
        [
            $"--Data:Folder={folder.Path}", $"--Shop:Folder={Path.Combine(AppContext.BaseDirectory, "shop")}",
        ]));
        await using (var machine = await OneMachine.Open(settings))
        {
            await new DemoYear(machine.Services, "demo").Write(400, _ => { }, default);
            var alarms = machine.Get<IJourneyOrchestrations>();
            await foreach (var walk in machine.Get<EnrollmentStore>().Live())
                Assert.True(await alarms.IsAlive(walk.Value.Id), $"{walk.Value.Id} is never woken");
        }
        await using var later = await OneMachine.Open(settings);
        Assert.NotEmpty(await later.Get<EnrollmentStore>().Live().ToListAsync());
        Assert.Equal(0, await later.Get<Sweep>().Run(default));
    }
}
