/** What administrators observe: counters, throttled warnings and the version of the jar. */
package io.github.keycloaknylas.monitoring;
