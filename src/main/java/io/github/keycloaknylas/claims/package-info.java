/** The protocol mapper that shows grants in tokens. */
package io.github.keycloaknylas.claims;
