package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.links.UserAttributes;

/**
 * What the workers read and write on the server.
 *
 * @param jobs transactions
 * @param links to accounts
 * @param attributes of users
 */
record KeycloakStores(Jobs jobs, AccountLinks links, UserAttributes attributes) {}
