using System.Globalization;
using Automation.Functions.Hosting;
using Automation.Marketing.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Functions.Doctor;

/// <summary>The language model, as the chat asks it: does it answer in time, and so that its words may be used? One
/// request with a made-up question.</summary>
public static class ModelCheck
{
    private const string What = "chat model";

    private const string Question = "How much is shipping?";
    private const string Ground = "Shipping is 550 yen nationwide. Returns are possible within 8 days.";

    public static async Task<Finding> Look(ConfiguredModel model, TimeProvider wall, CancellationToken cancellation)
    {
        using var client = new Watched(model.Client());
        var settings = new ChatModelSettings(TimeSpan.FromSeconds(model.Seconds), model.Redacts);
        var asked = new Wordable(Question, "en", [new(Ground, new(
            new() { Kind = ReplyKind.Answer, Text = Ground }, ConversationState.New, []))]);
        var began = wall.GetTimestamp();
        var worded = await new ChatModel(client, settings, wall, NullLogger<ChatModel>.Instance)
            .Word(asked, null, cancellation);
        return Judge(model, worded is not null, client.Failed, wall.GetElapsedTime(began));
    }

    /// <summary>What came of it, in words. Pure.</summary>
    /// <param name="failed">Why there was no answer; null: there was one.</param>
    public static Finding Judge(ConfiguredModel model, bool isWorded, string? failed, TimeSpan took) => failed switch
    {
        not null => Finding.Wrong(
            What, $"{model} does not answer: {failed}",
            "See to Chat:Model:Url, :Name and :Key; until then the chat gives its plain answers. Is it only slow: "
            + "Chat:Model:Seconds."),
        null when !isWorded => Finding.Warn(
            What, $"{model} answers, and not so that its words may be used",
            "The chat gives its plain answers. Another model keeps to what it is told: Chat:Model:Name."),
        _ => Finding.Ok(What, string.Create(CultureInfo.InvariantCulture,
            $"{model} answers ({took.TotalSeconds:0.0} s) and keeps to the shop's words")),
    };

    /// <summary>Remembers why there was no answer.</summary>
    private sealed class Watched(IChatClient inner) : DelegatingChatClient(inner)
    {
        public string? Failed { get; private set; } = "no answer in time";

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options,
            CancellationToken cancellationToken)
        {
            try
            {
                var answer = await base.GetResponseAsync(messages, options, cancellationToken);
                Failed = null;
                return answer;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed = ChatModel.Reason(e);
                throw;
            }
        }
    }
}
