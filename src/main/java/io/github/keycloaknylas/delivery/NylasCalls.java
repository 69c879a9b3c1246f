package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.nylas.NylasClient;

/**
 * What every call to Nylas needs.
 *
 * @param client makes the calls
 * @param applications know which application a key belongs to
 * @param limits of the calls that this node makes
 */
record NylasCalls(NylasClient client, Applications applications, CallLimits limits) {}
