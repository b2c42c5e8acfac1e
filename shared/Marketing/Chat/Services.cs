using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Chat;

/// <summary>The chat that answers customers at any hour.</summary>
public static class Services
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddSingleton<Conversations>()
        .AddSingleton<ChatGrounds>()
        .AddSingleton<ChatDecisions>()
        .AddSingleton<ChatNotes>()
        .AddSingleton<ReplySink, LineReplies>()
        .AddSingleton<ReplySink, WebReplies>()
        .AddSingleton<WebChat>()
        .AddSingleton<CodeMails>()
        .AddSingleton<OrderProofs>()
        .AddSingleton<AnswerMails>()
        .AddSingleton<ChatDesk>()
        .AddSingleton<ChatDeeds>()
        .AddSingleton<ChatService>();
}
