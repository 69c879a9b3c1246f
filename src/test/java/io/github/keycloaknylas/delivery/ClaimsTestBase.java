package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.support.store.Engine;
import java.util.Optional;

/** A workshop and its claims. */
abstract class ClaimsTestBase {

    final Workshop shop;
    final Claims claims;

    ClaimsTestBase(Engine engine) {
        shop = new Workshop(engine);
        claims = shop.claims();
    }

    final Optional<String> failure(String name) {
        return shop.read(name, GrantEntity::failure).map(LastFailure::failureClass);
    }
}
