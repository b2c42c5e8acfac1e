namespace Automation.DurableTask.Tests;

public class ActivityExecutorTests
{
    sealed class Closed(string message, Exception? inner = null) : InvalidOperationException(message, inner);

    static readonly ActivityExecutor executor = new(new DurableTaskRegistry()
        .AddActivityFunc<string?, string>("Greet", (context, name) => Task.FromResult($"{context.Name} {context.InstanceId} {name ?? "nobody"}"))
        .AddActivityFunc<int[], int>("Sum", (_, numbers) => Task.FromResult(numbers.Sum()))
        .AddActivityFunc<int, object?>("Nothing", (_, _) => Task.FromResult<object?>(null))
        .AddActivityFunc<int, int>("Fail", (_, _) => throw new Closed("closed", new TimeoutException("slow")))
        .AddActivityFunc<int, int>("Stop", (context, _) => Task.FromCanceled<int>(new CancellationToken(true)))
        .AddActivity("Unmade", () => throw new InvalidOperationException("no database")), DataConverter.Default);

    [Theory]
    [InlineData("Greet", "[\"佐藤\"]", "\"Greet i 佐藤\"")]
    [InlineData("greet", "[null]", "\"greet i nobody\"")]
    [InlineData("Greet", null, "\"Greet i nobody\"")]
    [InlineData("Greet", "[]", "\"Greet i nobody\"")]
    [InlineData("Greet", "\"plain\"", "\"Greet i plain\"")]
    [InlineData("Sum", "[[1,2,3]]", "6")]
    [InlineData("Nothing", "[1]", null)]
    public async Task An_activity_gets_its_unwrapped_input_and_gives_JSON(string name, string? input, string? result) =>
        Assert.Equal(TaskOutcome.Completed(result), await executor.Execute(name, "i", input));

    [Fact]
    public async Task What_an_activity_throws_is_its_outcome()
    {
        var failure = (await executor.Execute("Fail", "i", "[1]")).Failure!;
        Assert.Equal("closed", failure.ErrorMessage);
        Assert.True(failure.IsCausedBy<Closed>());
        Assert.True(failure.IsCausedBy<InvalidOperationException>());
        Assert.False(failure.IsCausedBy<TimeoutException>());
        Assert.True(failure.InnerFailure!.IsCausedBy<TimeoutException>());
        Assert.Contains(nameof(ActivityExecutorTests), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_activity_fails_for_good_and_an_input_that_does_not_fit_fails()
    {
        Assert.True((await executor.Execute("Nobody", "i", null)).Failure!.IsNonRetriable);
        Assert.True((await executor.Execute("Sum", "i", "[\"word\"]")).Failure!.IsCausedBy<System.Text.Json.JsonException>());
    }

    [Fact]
    public async Task Stopping_and_a_missing_database_are_no_outcomes()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executor.Execute("Stop", "i", "[1]", new CancellationToken(true)));
        Assert.NotNull((await executor.Execute("Stop", "i", "[1]")).Failure);
        await Assert.ThrowsAsync<InvalidOperationException>(() => executor.Execute("Unmade", "i", "[1]"));
    }

    [Fact]
    public void A_name_is_registered_once_whatever_its_case() =>
        Assert.Throws<ArgumentException>(() => new DurableTaskRegistry()
            .AddActivityFunc<int, int>("Step", (_, n) => Task.FromResult(n)).AddActivityFunc<int, int>("STEP", (_, n) => Task.FromResult(n)));
}
