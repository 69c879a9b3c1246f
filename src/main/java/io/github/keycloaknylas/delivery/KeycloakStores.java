package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.links.UserAttributes;

/**
 * What the workers read and write on the server.
 *
 * @param transactions transactions
 * @param links to accounts
 * @param attributes of users
 */
record KeycloakStores(Transactions transactions, AccountLinks links, UserAttributes attributes) {}
