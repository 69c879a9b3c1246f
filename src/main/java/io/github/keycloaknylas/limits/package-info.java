/**
 * What keeps workers from calls that would fail or are too many: circuit breakers, rate limiters, concurrency
 * limiters and the back-off after failures. It calls nobody and knows no row.
 */
package io.github.keycloaknylas.limits;
