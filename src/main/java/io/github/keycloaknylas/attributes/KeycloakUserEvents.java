package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.ledger.ShownStatus;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sends the events of a worker, which has no request, and therefore no client and no IP address. */
public final class KeycloakUserEvents implements UserEvents {

    static final String STATUS = "nylas_grant_status";
    /** The event has no detail without a value. */
    static final String ABSENT = "absent";

    @Override
    public void send(KeycloakSession session, RealmModel realm, StatusChange change) {
        new EventBuilder(realm, session)
                .event(EventType.UPDATE_PROFILE)
                .user(change.userId())
                .detail(Details.IDENTITY_PROVIDER, change.alias())
                .detail(STATUS, text(change.after()))
                .detail(Details.PREF_PREVIOUS + STATUS, text(change.before()))
                .success();
    }

    private static String text(Optional<ShownStatus> status) {
        return status.map(ShownStatus::text).orElse(ABSENT);
    }
}
