/** The set-up call and its checks, and the calls that manage webhooks. */
package io.github.keycloaknylas.admin;
