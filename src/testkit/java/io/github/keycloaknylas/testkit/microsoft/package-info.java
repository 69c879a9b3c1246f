/**
 * A fake Microsoft: the parts of Entra ID and Microsoft Graph which a sign-in with Keycloak and a handover to Nylas
 * touch, spoken over real HTTP. Start with {@link io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft}.
 */
package io.github.keycloaknylas.testkit.microsoft;
