// The function app: the Functions host, and our program as its isolated worker.
param location string
param name string
@allowed(['flex', 'premium'])
param plan string
param runtimeVersion string
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReady array
param identityName string
param storageName string
param packagesUrl string
param vaultName string
param insightsName string
param maxTelemetryItemsPerSecond string
param otlpEndpoint string
param siteUrl string
param sources array
param mailFrom string
param mailFromName string
param mailReplyTo string
param mailTransactionalFrom string
param sendGridBaseUrl string
param sendGridChunkSize int
param sendGridSandbox bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Under any other the host would answer webhooks and run nothing behind them: /health/ready would say so.
var runtime = 'dotnet-isolated'

var secretNamed = '@Microsoft.KeyVault(VaultName=${vaultName};SecretName='

var hostSettings = [
  { name: 'AzureWebJobsStorage__accountName', value: storageName }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
  // The host's own page at / tells strangers what runs here.
  { name: 'AzureWebJobsDisableHomepage', value: 'true' }
  // Which of an app's identities the program's own storage client takes (Azure.Identity).
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
  // .NET collects garbage after 32 MB instead of 2: a third less processor time while much is going on.
  { name: 'DOTNET_GCgen0size', value: '0x2000000' }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identity.properties.clientId};Authorization=AAD' }
  // The program's own log lines come through the host; the alerts read them.
  { name: 'AzureFunctionsJobHost__logging__logLevel__default', value: 'Warning' }
  { name: 'AzureFunctionsJobHost__logging__logLevel__Host', value: 'Information' }
  { name: 'AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__maxTelemetryItemsPerSecond', value: maxTelemetryItemsPerSecond }
  { name: 'AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__excludedTypes', value: 'Trace;Exception' }
]

var telemetrySettings = empty(otlpEndpoint) ? [] : [
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }
  { name: 'OTEL_SERVICE_NAME', value: name }
  // Counters by what was added since, so that an alert rings once and not for ever.
  { name: 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', value: 'delta' }
]

var programSettings = [
  { name: 'Storage__Engine', value: 'azure' }
  { name: 'Storage__Account', value: storageName }
  // The deployed package is read-only; here only what may be lost.
  { name: 'Data__Folder', value: '/tmp/automation' }
  { name: 'Site__PublicUrl', value: siteUrl }
  { name: 'Api__Key', value: '${secretNamed}Api--Key)' }
  { name: 'Mail__Transport', value: 'sendgrid' }
  { name: 'Mail__From', value: mailFrom }
  { name: 'Mail__FromName', value: mailFromName }
  { name: 'Mail__ReplyTo', value: mailReplyTo }
  { name: 'Mail__TransactionalFrom', value: mailTransactionalFrom }
  { name: 'SendGrid__ApiKey', value: '${secretNamed}SendGrid--ApiKey)' }
  { name: 'SendGrid__WebhookPublicKey', value: '${secretNamed}SendGrid--WebhookPublicKey)' }
  { name: 'SendGrid__BaseUrl', value: sendGridBaseUrl }
  { name: 'SendGrid__ChunkSize', value: string(sendGridChunkSize) }
  { name: 'SendGrid__Sandbox', value: string(sendGridSandbox) }
]

var platformSettings = [for source in sources: { name: 'Sources__${source.name}__Platform', value: source.platform }]
var secretSettings = [for source in sources: { name: 'Sources__${source.name}__Secret', value: '${secretNamed}Sources--${source.name}--Secret)' }]
var previousSettings = [for source in filter(sources, one => one.rotating): { name: 'Sources__${source.name}__PreviousSecret', value: '${secretNamed}Sources--${source.name}--PreviousSecret)' }]
var settings = concat(hostSettings, telemetrySettings, programSettings, platformSettings, secretSettings, previousSettings)

// Flex takes these from functionAppConfig and refuses or ignores them as settings.
var premiumSettings = [
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: runtime }
  { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '${packagesUrl}/azure.zip' }
  { name: 'WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID', value: identity.id }
]

resource flexPlan 'Microsoft.Web/serverfarms@2024-04-01' = if (plan == 'flex') {
  name: 'plan-${name}'
  location: location
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource flexApp 'Microsoft.Web/sites@2024-04-01' = if (plan == 'flex') {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: flexPlan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: runtime
        version: runtimeVersion
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
    }
    siteConfig: {
      appSettings: settings
    }
  }
}

resource premiumPlan 'Microsoft.Web/serverfarms@2024-04-01' = if (plan == 'premium') {
  name: 'plan-${name}'
  location: location
  kind: 'elastic'
  sku: {
    tier: 'ElasticPremium'
    name: 'EP1'
  }
  properties: {
    reserved: true
    maximumElasticWorkerCount: min(maximumInstanceCount, 20)
  }
}

resource premiumApp 'Microsoft.Web/sites@2024-04-01' = if (plan == 'premium') {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: premiumPlan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    clientAffinityEnabled: false
    siteConfig: {
      appSettings: concat(settings, premiumSettings)
      linuxFxVersion: '${toUpper(runtime)}|${runtimeVersion}'
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      minimumElasticInstanceCount: 1
    }
  }
}
