using System.Text.RegularExpressions;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Hosting;

public sealed class CatalogTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Every_function_can_be_made_and_its_parameters_found()
    {
        var functions = await FunctionCatalog.Read();
        Assert.True(functions.Count > 50);
        Assert.All(functions, function => Assert.NotNull(function.Create(shop.Product.Services)));
        var provided = shop.Product.Services.GetRequiredService<IServiceProviderIsService>();
        Assert.All(
            functions.Where(function => function.Trigger is not Trigger.Http)
                .SelectMany(one => one.Method.GetParameters()),
            parameter => Assert.True(
                parameter.Position == 0
                || parameter.ParameterType == typeof(CancellationToken)
                || provided.IsService(parameter.ParameterType),
                $"{parameter.Member.DeclaringType!.Name}: nothing is known for {parameter.Name}"));
    }

    [Fact]
    public async Task No_two_functions_answer_the_same_method_of_the_same_route()
    {
        var routes = from function in await FunctionCatalog.Read()
                     let http = function.Trigger as Trigger.Http
                     where http is not null
                     from method in http.Methods
                     group function.Name by $"{method} /{Regex.Replace(http.Route, @"\{[^}]*\}", "{}")}";
        Assert.All(routes, route => Assert.True(route.Count() == 1, $"{route.Key}: {string.Join(", ", route)}"));
    }

    [Fact]
    public async Task Every_schedule_can_be_read() => Assert.All(
        (await FunctionCatalog.Read()).Select(function => function.Trigger).OfType<Trigger.Timer>(),
        timer => Assert.NotNull(Schedule.Parse(timer.Schedule).Next(DateTimeOffset.UnixEpoch)));

    [Fact]
    public async Task Every_queue_that_is_worked_is_one_of_the_shop_s() => Assert.All(
        (await FunctionCatalog.Read()).Select(function => function.Trigger).OfType<Trigger.Queue>(),
        queue => Assert.Contains(queue.Name, shop.Product.Get<Marketing.Tables>().Queues.Select(known => known.Name)));
}
