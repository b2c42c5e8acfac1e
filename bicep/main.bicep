// The product on Azure, in one resource group. docs/deploying.md says how; what differs between environments stands in *.bicepparam.
targetScope = 'resourceGroup'

@description('Region of everything. `az functionapp list-flexconsumption-locations` lists those with Flex Consumption.')
param location string = resourceGroup().location

@description('Short name of the shop: lower-case letters and digits; part of every resource name.')
@minLength(2)
@maxLength(9)
param shop string

@description('dev, prod …: part of every resource name.')
@minLength(2)
@maxLength(4)
param environmentName string

@description('The app is created only once the secrets are in the vault: a reference that cannot be resolved reaches the program as its own text, and everybody can guess that.')
param secretsAreSet bool = false

@description('The platforms that post webhooks: name (lower-case letters and digits only: app settings know no dashes), platform, rotating (true while the previous secret still counts).')
param sources array

@description('Verified sender of newsletters and journeys.')
param mailFrom string

param mailFromName string

param mailReplyTo string

@description('Verified sender of order mails; another address than mailFrom.')
param mailTransactionalFrom string

@description('EU accounts: https://api.eu.sendgrid.com')
param sendGridBaseUrl string = 'https://api.sendgrid.com'

@description('Recipients per provider call of a newsletter; a call that times out leaves all of them uncertain.')
@minValue(1)
@maxValue(1000)
param sendGridChunkSize int = 500

@description('true: SendGrid checks the mails and sends none.')
param sendGridSandbox bool

@description('Address of the site in mails, without a slash at the end; empty: the app’s own.')
param publicUrl string = ''

@description('Who is told when something is wrong.')
param alertEmail string

@description('premium: Elastic Premium EP1, for regions without Flex Consumption.')
@allowed(['flex', 'premium'])
param plan string = 'flex'

@description('Version of .NET the program was published for.')
param runtimeVersion string = '10.0'

@allowed([512, 2048, 4096])
param instanceMemoryMB int

@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that never sleep, per scale group: { name: \'http\' | \'durable\' | \'function:<name>\', instanceCount: 1 }.')
param alwaysReady array

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string

@description('A vault with purge protection cannot be taken away for 90 days, nor the protection.')
param purgeProtection bool

@description('GB of logs a day, as text because it may be a fraction; what comes after is thrown away until the next day.')
param logDailyCapGb string

@minValue(30)
@maxValue(730)
param logRetentionDays int

@description('Requests and dependencies a second and instance that are kept; the rest is sampled. Log lines are not sampled: alerts read them.')
param maxTelemetryItemsPerSecond string

@description('Every look of an alert is billed, each rule by itself.')
@allowed(['PT5M', 'PT15M', 'PT30M', 'PT1H'])
param alertFrequency string

@description('An OpenTelemetry collector, if there is one.')
param otlpEndpoint string = ''

var token = take(uniqueString(resourceGroup().id), 6)
var appName = 'func-${shop}-${environmentName}-${token}'
var storageName = 'st${shop}${environmentName}${token}'
var vaultName = 'kv-${shop}-${environmentName}-${token}'
var siteUrl = empty(publicUrl) ? 'https://${appName}.azurewebsites.net' : publicUrl

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${shop}-${environmentName}-${token}'
  location: location
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: storageName
    sku: storageSku
  }
}

module keyVault 'modules/keyVault.bicep' = {
  name: 'keyVault'
  params: {
    location: location
    name: vaultName
    purgeProtection: purgeProtection
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    name: '${shop}-${environmentName}-${token}'
    dailyCapGb: logDailyCapGb
    retentionDays: logRetentionDays
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    principalId: identity.properties.principalId
    storageName: storage.outputs.name
    vaultName: keyVault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module app 'modules/app.bicep' = if (secretsAreSet) {
  name: 'app'
  params: {
    location: location
    name: appName
    plan: plan
    runtimeVersion: runtimeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    identityName: identity.name
    storageName: storage.outputs.name
    packagesUrl: storage.outputs.packagesUrl
    vaultName: keyVault.outputs.name
    insightsName: monitoring.outputs.insightsName
    maxTelemetryItemsPerSecond: maxTelemetryItemsPerSecond
    otlpEndpoint: otlpEndpoint
    siteUrl: siteUrl
    sources: sources
    mailFrom: mailFrom
    mailFromName: mailFromName
    mailReplyTo: mailReplyTo
    mailTransactionalFrom: mailTransactionalFrom
    sendGridBaseUrl: sendGridBaseUrl
    sendGridChunkSize: sendGridChunkSize
    sendGridSandbox: sendGridSandbox
  }
  dependsOn: [
    roles
  ]
}

module alerts 'modules/alerts.bicep' = if (secretsAreSet) {
  name: 'alerts'
  params: {
    location: location
    name: '${shop}-${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    frequency: alertFrequency
  }
}

output appName string = appName
output vaultName string = vaultName
output storageName string = storageName
output siteUrl string = siteUrl
output webhookUrls array = [for source in sources: '${siteUrl}/webhooks/orders/${source.name}']
