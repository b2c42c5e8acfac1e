using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Automation.Functions.Chat;
using Automation.Functions.Coupons;
using Automation.Functions.Health;
using Automation.Functions.Journeys;
using Automation.Functions.Mails;
using Automation.Functions.Newsletters;
using Automation.Functions.Privacy;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.History;
using Automation.Marketing.Inbox;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Privacy;
using Automation.Marketing.Replays;
using Automation.Marketing.Shop;

namespace Automation.Functions.Http;

/// <summary>All bodies of answers, by capability; how each is written is made when the program is built.</summary>
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(BurstRefusal))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Page<JsonElement>))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(Readiness))]
[JsonSerializable(typeof(Page<AttentionEntry>))]
[JsonSerializable(typeof(Page<ParkedWebhook>))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(CustomerProfile))]
[JsonSerializable(typeof(Page<CustomerProfile>))]
[JsonSerializable(typeof(Page<TimelineEntry>))]
[JsonSerializable(typeof(CustomerExport))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Page<Request>))]
[JsonSerializable(typeof(AddedCoupons))]
[JsonSerializable(typeof(Page<CouponPool>))]
[JsonSerializable(typeof(JourneyExplanation))]
[JsonSerializable(typeof(NewsletterExplanation))]
[JsonSerializable(typeof(JourneyList))]
[JsonSerializable(typeof(JourneySummary))]
[JsonSerializable(typeof(JourneyText))]
[JsonSerializable(typeof(JourneyPublication))]
[JsonSerializable(typeof(Page<EnrollmentSummary>))]
[JsonSerializable(typeof(MoveReport))]
[JsonSerializable(typeof(MoveList))]
[JsonSerializable(typeof(Validation))]
[JsonSerializable(typeof(PlayedScenario))]
[JsonSerializable(typeof(Replay))]
[JsonSerializable(typeof(NewsletterText))]
[JsonSerializable(typeof(NewsletterPublication))]
[JsonSerializable(typeof(IssuePublication))]
[JsonSerializable(typeof(IssueReport))]
[JsonSerializable(typeof(Page<CalendarEntry>))]
[JsonSerializable(typeof(MailPreview))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(CohortReport))]
[JsonSerializable(typeof(JourneyReport))]
[JsonSerializable(typeof(IssueInsights))]
[JsonSerializable(typeof(ShopSnapshot))]
[JsonSerializable(typeof(ShopPublication))]
[JsonSerializable(typeof(ChatSession))]
[JsonSerializable(typeof(ChatEntry))]
[JsonSerializable(typeof(ChatNews))]
[JsonSerializable(typeof(ChatReport))]
public sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>For answers that no function gives.</summary>
    public static AnswerJson Written { get; } = new(Set(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>camelCase, nulls left out, Japanese text readable.</summary>
    internal static JsonSerializerOptions Set(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = Default;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        Name<Purpose>();
        Name<Outcome>();
        Name<GroupRule>();
        Name<RequestKind>();
        return options;

        void Name<T>() where T : struct, Enum =>
            options.Converters.Add(new JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase));
    }
}
