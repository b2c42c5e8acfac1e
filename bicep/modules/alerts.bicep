// What a person must hear of. A figure is either a metric of this name or a log line `name=3` of the program; both count.
param location string
param name string
param workspaceId string
param email string
param frequency string

var parked = 'automation.attention.parked'
var stuck = 'automation.enrollments.stuck'
var late = 'automation.newsletters.late'
var senderStopped = 'automation.sender.stopped'

var above0 = '''
union isfuzzy=true
  (AppMetrics | where Name == 'METRIC' | project TimeGenerated, Value = Max),
  (AppTraces | where Message contains 'METRIC=' | project TimeGenerated, Value = toreal(extract('METRIC=([0-9.]+)', 1, Message)))
| where Value > 0
'''

// The host's own words when a message was delivered maxDequeueCount times (host.json) without an answer.
var poisoned = '''
AppTraces | where Message contains 'Moving message to queue' and Message contains '-poison'
'''

// A timer of every minute: where it is not counted for an hour, nothing runs. The host's own count (category Host.Aggregator, host.json):
// metrics are not sampled, and the row of a run that went well is not kept (Host.Results).
var ticked = '''
AppMetrics | where Name == 'NewsletterTick Successes' and Sum > 0
'''

var rules = [
  { name: 'poison', severity: 1, operator: 'GreaterThan', threshold: 0, query: poisoned, text: 'A queue message was delivered ten times without an answer and lies in a poison queue.' }
  { name: 'parked', severity: 2, operator: 'GreaterThan', threshold: 0, query: replace(above0, 'METRIC', parked), text: 'A webhook nobody can read was set aside: GET /api/parked.' }
  { name: 'stuck', severity: 1, operator: 'GreaterThan', threshold: 0, query: replace(above0, 'METRIC', stuck), text: 'An enrollment is due and does not move.' }
  { name: 'late', severity: 1, operator: 'GreaterThan', threshold: 0, query: replace(above0, 'METRIC', late), text: 'A newsletter did not leave in its slot.' }
  { name: 'senderStopped', severity: 0, operator: 'GreaterThan', threshold: 0, query: replace(above0, 'METRIC', senderStopped), text: 'No mail leaves: the provider refuses us.' }
  { name: 'silent', severity: 0, operator: 'LessThan', threshold: 1, query: ticked, text: 'No timer ran: the app is down or not deployed.' }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'automation'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: 'alert-${name}-${rule.name}'
  location: location
  kind: 'LogAlert'
  properties: {
    displayName: '${name}: ${rule.name}'
    description: rule.text
    enabled: true
    severity: rule.severity
    scopes: [
      workspaceId
    ]
    evaluationFrequency: frequency
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    // A new workspace has no rows yet, and a rule about none is refused otherwise.
    skipQueryValidation: true
    actions: {
      actionGroups: [
        people.id
      ]
    }
  }
}]
