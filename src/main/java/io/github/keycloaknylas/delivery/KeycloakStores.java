package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.links.UserAttributes;

/**
 * The server's stores that the workers read and write.
 *
 * @param transactions short transactions of the workers
 * @param links account links
 * @param attributes user attributes
 */
record KeycloakStores(Transactions transactions, AccountLinks links, UserAttributes attributes) {}
