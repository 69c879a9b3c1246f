package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.nylas.NylasConnection;

/** A connection that can be called: where the settings say it is, and how the Nylas client takes it. */
record OpenConnection(Endpoint endpoint, NylasConnection nylas) {}
