using 'main.bicep'

param shop = 'myshop'
param environmentName = 'prod'
param sources = [
  { name: 'shop', platform: 'shopify', rotating: false }
]
param mailFrom = 'news@example.jp'
param mailFromName = 'My shop'
param mailReplyTo = 'hello@example.jp'
param mailTransactionalFrom = 'orders@example.jp'
param sendGridSandbox = false
param alertEmail = 'operator@example.jp'
param instanceMemoryMB = 2048
param maximumInstanceCount = 100
// Thanks within seconds: no cold start for webhooks and journeys. An empty list costs nothing while nobody orders, and some seconds when somebody does.
param alwaysReady = [
  { name: 'http', instanceCount: 1 }
  { name: 'durable', instanceCount: 1 }
]
param storageSku = 'Standard_ZRS'
param purgeProtection = true
param logDailyCapGb = '0.5'
param logRetentionDays = 90
param maxTelemetryItemsPerSecond = '5'
param alertFrequency = 'PT5M'
