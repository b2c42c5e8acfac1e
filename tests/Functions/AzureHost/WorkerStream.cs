using System.Collections.Concurrent;
using System.Threading.Channels;
using Automation.Functions.Tests.AzureHost.Wire;
using Grpc.Core;
using RpcException = Grpc.Core.RpcException;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The host's end of the stream to its worker: greets it, learns its functions, has them loaded, and then
/// invokes them.</summary>
internal sealed class WorkerStream(string app) : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentQueue<string> said = new();
    private volatile TaskCompletionSource<Session> ready = New();

    /// <summary>The functions of the worker that is connected, once it is ready.</summary>
    public async Task<IReadOnlyList<HostedFunction>> Functions() => (await ready.Task).Functions;

    /// <summary>Where it takes requests.</summary>
    public async Task<Uri> Http() => (await ready.Task).Http!;

    /// <summary>What it logged last.</summary>
    public string Log() => string.Join('\n', said.TakeLast(20).Select(line => line.Length > 900 ? line[..900] : line));

    /// <summary>Nothing is invoked until the next worker is ready.</summary>
    public void Forget() => ready = New();

    /// <summary>Waits for a worker; WorkerGoneException where it ends before it answers.</summary>
    public async Task<InvocationResponse> Invoke(InvocationRequest request)
    {
        var session = await ready.Task;
        return await session.Invoke(request);
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> from, IServerStreamWriter<StreamingMessage> to, ServerCallContext context)
    {
        var session = new Session();
        var writing = session.WriteTo(to);
        try
        {
            while (await from.MoveNext(context.CancellationToken)) Hear(from.Current, session);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or RpcException)
        {
            // It was killed.
        }
        finally
        {
            session.End();
        }
        await writing;
    }

    private void Hear(StreamingMessage message, Session session)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                session.Send(new()
                {
                    WorkerInitRequest =
                        new() { HostVersion = "4.1037.0", WorkerDirectory = app, FunctionAppDirectory = app }
                });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                session.Http = new(message.WorkerInitResponse.Capabilities["HttpUri"]);
                session.Send(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = app } });
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                session.Load(message.FunctionMetadataResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                if (message.FunctionLoadResponse.Result.Status != StatusResult.Types.Status.Success)
                    ready.TrySetException(
                        new InvalidOperationException(message.FunctionLoadResponse.Result.Exception?.Message));
                else if (session.Loaded()) ready.TrySetResult(session);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                session.Answered(message.InvocationResponse);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                if (message.RpcLog.Level >= 3) said.Enqueue(
                    $"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
                break;
        }
    }

    private static TaskCompletionSource<Session> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One worker, from its greeting to its end.</summary>
    private sealed class Session
    {
        private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> open = new();
        private volatile bool isOver;
        private int loading;

        public Uri? Http { get; set; }

        public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

        public void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

        public async Task WriteTo(IServerStreamWriter<StreamingMessage> to)
        {
            try
            {
                await foreach (var message in outgoing.Reader.ReadAllAsync()) await to.WriteAsync(message);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or InvalidOperationException
                or RpcException)
            {
                End();
            }
        }

        public void Load(FunctionMetadataResponse told)
        {
            Functions = [.. told.FunctionMetadataResults.Select(HostedFunction.Read)];
            loading = Functions.Count;
            foreach (var function in told.FunctionMetadataResults)
                Send(new()
                {
                    FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = Described(function) }
                });
        }

        public bool Loaded() => Interlocked.Decrement(ref loading) == 0;

        public Task<InvocationResponse> Invoke(InvocationRequest request)
        {
            var answer = new TaskCompletionSource<InvocationResponse>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            open[request.InvocationId] = answer;
            Send(new() { InvocationRequest = request });
            if (isOver) answer.TrySetException(new WorkerGoneException());
            return answer.Task;
        }

        public void Answered(InvocationResponse answer)
        {
            if (open.TryRemove(answer.InvocationId, out var waiting)) waiting.TrySetResult(answer);
        }

        public void End()
        {
            isOver = true;
            outgoing.Writer.TryComplete();
            foreach (var waiting in open.Values) waiting.TrySetException(new WorkerGoneException());
        }

        /// <summary>The host reads the raw bindings and gives them back as its own.</summary>
        private static RpcFunctionMetadata Described(RpcFunctionMetadata function)
        {
            foreach (var raw in function.RawBindings)
            {
                var binding = System.Text.Json.JsonDocument.Parse(raw).RootElement;
                function.Bindings[binding.GetProperty("name").GetString()!] = new()
                {
                    Type = binding.GetProperty("type").GetString(),
                    Direction = binding.GetProperty("direction").GetString() is "In" or "in"
                        ? BindingInfo.Types.Direction.In : BindingInfo.Types.Direction.Out,
                };
            }
            return function;
        }
    }
}
