using 'main.bicep'

param shop = 'myshop'
param environmentName = 'dev'
param sources = [
  { name: 'shop', platform: 'generic', rotating: false }
]
param mailFrom = 'news@example.jp'
param mailFromName = 'My shop (dev)'
param mailReplyTo = 'hello@example.jp'
param mailTransactionalFrom = 'orders@example.jp'
param sendGridSandbox = true
param alertEmail = 'operator@example.jp'
param instanceMemoryMB = 512
param maximumInstanceCount = 40
param alwaysReady = []
param storageSku = 'Standard_LRS'
param purgeProtection = false
param logDailyCapGb = '0.1'
param logRetentionDays = 30
param maxTelemetryItemsPerSecond = '5'
param alertFrequency = 'PT1H'
