package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.RateLimiters;
import java.time.InstantSource;

/**
 * The clock, delays and rates that determine when the workers act.
 *
 * @param clock of the node
 * @param backoff waits after failures
 * @param rate of the calls to Nylas
 */
record Timing(InstantSource clock, Backoff backoff, RateLimiters rate) {}
