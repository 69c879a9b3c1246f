package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.StatusAttribute;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.RealmRows;
import io.github.keycloaknylas.ledger.ShownStatus;
import io.github.keycloaknylas.ledger.WrittenAttribute;
import io.github.keycloaknylas.links.UserAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Compares some connected mailboxes of a provider with their users' attributes and with the provider's application. A
 * sample, since the sweep and the reconciliation compare all of them.
 */
final class ConnectedSampleCheck {

    static final int SAMPLE = 50;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmRows rows;
    private final UserAttributes attributes;

    /** @param session bound to the realm */
    ConnectedSampleCheck(KeycloakSession session, RealmModel realm, RealmRows rows, UserAttributes attributes) {
        this.session = session;
        this.realm = realm;
        this.rows = rows;
        this.attributes = attributes;
    }

    /** @param application of the provider's connection, if Nylas reported it */
    void run(MappedProvider provider, Optional<GrantConnection> application, Findings findings) {
        List<GrantEntity> sample = rows.connected(provider.alias(), SAMPLE);
        compareAttributes(provider, sample, findings);
        application.ifPresent(known -> compareApplications(provider, known, sample, findings));
    }

    private void compareAttributes(MappedProvider provider, List<GrantEntity> sample, Findings findings) {
        long different = sample.stream()
                .filter(row -> !row.isAttributeDue() || row.attributeAttempts() > 0)
                .filter(this::differs)
                .count();
        if (different > 0) {
            findings.note(
                    FindingCode.ATTRIBUTE_DIFFERS,
                    provider.alias(),
                    "The attributes of " + different + " users do not show the grant of the ledger (of " + sample.size()
                            + " that were compared).",
                    "Repeat the check after a few minutes. If it stays, search the server log for 'attribute', and see"
                            + " 'Writing the attributes' in docs/delivery.md.");
        }
    }

    private boolean differs(GrantEntity row) {
        String userId = row.userId();
        return row.writtenAttribute()
                .filter(written -> row.shownGrant().isPresent())
                .map(WrittenAttribute::name)
                .filter(name -> !shows(row, name, grants(ofUser(row, name)))
                        || !shows(row, StatusAttribute.of(name), statuses(ofUser(row, name))))
                .filter(name -> attributes.exists(session, realm, userId))
                .isPresent();
    }

    // If several mailboxes of a user share an attribute, it shows one of them.
    private List<GrantEntity> ofUser(GrantEntity row, String name) {
        return Ledger.of(session).ofUser(realm.getId(), row.userId()).stream()
                .filter(other -> other.writtenAttribute()
                        .map(WrittenAttribute::name)
                        .filter(name::equals)
                        .isPresent())
                .toList();
    }

    private static Stream<String> grants(List<GrantEntity> rows) {
        return rows.stream().flatMap(row -> row.shownGrant().stream()).map(ConnectedGrant::grantId);
    }

    private static Stream<String> statuses(List<GrantEntity> rows) {
        return rows.stream().flatMap(row -> row.shownStatus().stream()).map(ShownStatus::text);
    }

    private boolean shows(GrantEntity row, String name, Stream<String> values) {
        return attributes
                .read(session, realm, row.userId(), name)
                .filter(value -> values.anyMatch(value::equals))
                .isPresent();
    }

    private static void compareApplications(
            MappedProvider provider, GrantConnection application, List<GrantEntity> sample, Findings findings) {
        List<GrantConnection> others = sample.stream()
                .flatMap(row -> row.ownGrant().stream())
                .map(ConnectedGrant::connection)
                .filter(used -> !used.hash().equals(application.hash()))
                .toList();
        if (!others.isEmpty()) {
            findings.note(
                    FindingCode.APPLICATION_CHANGED,
                    provider.alias(),
                    others.size() + " grants (of " + sample.size() + " that were compared) belong to another Nylas"
                            + " application (" + others.get(0).application() + ") than the API key ("
                            + application.application() + ").",
                    "If the change is intended, keep a connection with a key of the former application until its grants"
                            + " are deleted. If not, correct the API key of the connection.");
        }
    }
}
