using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Plan;

/// <summary>When the plan counts a customer's newsletters, past and to come, as far as the plan looks: what caps count
/// first, and what keeps a day free of journeys.</summary>
public interface IPlannedMailings
{
    /// <param name="exactly">
    /// False: without a read, rather one too many than one too few. True: those that did go to them and will; asked
    /// where the first answer would hold a message back.
    /// </param>
    ValueTask<IReadOnlyList<PlanMoment>> Of(Situation situation, bool exactly);
}
