namespace Automation.Functions.Tests.AzureHost;

/// <summary>The worker ended with this invocation in hand.</summary>
internal sealed class WorkerGoneException() : Exception("The worker is gone.");
