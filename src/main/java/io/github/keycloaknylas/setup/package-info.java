/**
 * The set-up call: what it declares, and the checks that find a wrong setting, each with a code. It also knows which
 * connection and webhook a caller chose.
 */
package io.github.keycloaknylas.setup;
