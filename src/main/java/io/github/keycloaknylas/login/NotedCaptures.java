package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.config.MapperSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The rows that earlier requests of a login inserted. */
record NotedCaptures(KeycloakSession session, RealmModel realm, long now) {

    /**
     * Marks the newest row of each provider if the user is entitled to it, and erases the tokens of the others.
     *
     * @param ids IDs of the rows, the oldest first
     * @param newer providers for which the login has a newer response already
     * @return whether any was marked
     */
    boolean complete(AuthenticationSessionModel login, List<String> ids, Set<String> newer, Entitlement entitlement) {
        String loginHash = Captures.loginHash(login);
        boolean marked = false;
        for (int i = ids.size() - 1; i >= 0; i--) {
            Optional<CaptureEntity> row =
                    Captures.of(session).find(ids.get(i)).filter(found -> found.awaits(realm.getId(), loginHash, now));
            if (row.isPresent()) {
                marked |= complete(row.get(), newer, entitlement);
            }
        }
        return marked;
    }

    private boolean complete(CaptureEntity row, Set<String> newer, Entitlement entitlement) {
        String alias = row.mailbox().alias();
        if (!newer.add(alias)) {
            row.spend();
            return false;
        }
        if (!entitlement.isLinked(row.mailbox())) {
            return false;
        }
        Optional<Audience> audience = MapperSettings.find(session, alias).map(MapperSettings::audience);
        if (audience.filter(who -> entitlement.isAdmitted(alias, who)).isEmpty()) {
            row.spend();
            return false;
        }
        row.complete(entitlement.user().getId(), now);
        return true;
    }
}
