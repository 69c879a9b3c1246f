package io.github.keycloaknylas.delivery;

import java.time.InstantSource;

/**
 * What decides when the workers do something.
 *
 * @param clock of the node
 * @param backoff waits after failures
 * @param rate of the calls to Nylas
 */
record Timing(InstantSource clock, Backoff backoff, RateLimiters rate) {}
