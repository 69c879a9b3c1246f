package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.attributes.UserEvents;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.links.UserAttributes;
import io.github.keycloaknylas.links.UserEligibility;

/**
 * The server's stores that the workers read and write.
 *
 * @param transactions short transactions of the workers
 * @param links account links
 * @param eligibility whether users are enabled and have roles and groups
 * @param attributes user attributes
 * @param events user events
 */
record KeycloakStores(
        Transactions transactions,
        AccountLinks links,
        UserEligibility eligibility,
        UserAttributes attributes,
        UserEvents events) {}
