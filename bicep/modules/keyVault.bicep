// The secrets: written by the operator (docs/deploying.md), read by the app through references.
param location string
param name string
param purgeProtection bool

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // The service refuses false; it wants the property absent.
    enablePurgeProtection: purgeProtection ? true : null
    // Flex Consumption cannot read references of a vault behind a firewall.
    publicNetworkAccess: 'Enabled'
  }
}

output name string = vault.name
