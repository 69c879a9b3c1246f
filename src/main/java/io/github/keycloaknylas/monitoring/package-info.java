/** What administrators observe: meters, trace spans, throttled warnings and the version of the jar. */
package io.github.keycloaknylas.monitoring;
