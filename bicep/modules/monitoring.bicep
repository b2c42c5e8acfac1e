// Where logs, requests and metrics go, with a ceiling on what a day may cost.
param location string
param name string
param dailyCapGb string
param retentionDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: json(dailyCapGb)
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    // Sampling here would also drop the log lines that the alerts look for; the host samples requests instead (app.bicep).
    SamplingPercentage: 100
  }
}

output workspaceId string = workspace.id
output insightsName string = insights.name
