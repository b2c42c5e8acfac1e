// One account for all: the program's tables and queues, the Functions host's own, the task hub's (made by the extension), the deployed package.
param location string
param name string
param sku string

// As in shared/Marketing/Tables.cs.
var tables = [
  'Customers'
  'Identities'
  'Orders'
  'Timeline'
  'Published'
  'Products'
  'Suppression'
  'Attention'
  'Bodies'
  'Chats'
  'Events'
  'Issues'
  'Sends'
  'Insights'
  'Access'
  'Search'
]

// The host moves what was delivered ten times and never answered to the queue of the same name with -poison.
var queues = [
  'orders'
  'orders-poison'
  'events'
  'events-poison'
  'engagement'
  'engagement-poison'
  'alarms'
  'alarms-poison'
]

var packages = 'packages'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobServices 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobServices
  name: packages
  properties: {
    publicAccess: 'None'
  }
}

resource tableServices 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource ourTables 'Microsoft.Storage/storageAccounts/tableServices/tables@2023-05-01' = [for table in tables: {
  parent: tableServices
  name: table
}]

resource queueServices 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource ourQueues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queue in queues: {
  parent: queueServices
  name: queue
}]

output name string = account.name
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages}'
