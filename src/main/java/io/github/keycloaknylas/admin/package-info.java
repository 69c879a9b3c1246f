/** The set-up call and its checks. */
package io.github.keycloaknylas.admin;
