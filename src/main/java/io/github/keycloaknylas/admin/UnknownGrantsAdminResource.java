package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.ConnectionGrants;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.setup.ChosenConnection;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Lists the grants of an application that only Nylas knows: made by other software, or left over. They are billed, and
 * never deleted by the extension.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class UnknownGrantsAdminResource {

    /** The longest page of Nylas' list (Nylas API reference: "Grants"). */
    private static final int PAGE = 200;

    private static final int LAST_POSITION = 10_000_000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    UnknownGrantsAdminResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * Asks Nylas for 200 grants and returns those of them that no mailbox of this server has. A page can be empty
     * although others follow: continue as long as there is a {@code next}. Nylas cuts pages by position, so that a list
     * which changes meanwhile can skip grants.
     *
     * @param connection name of a connection of the server; {@code default} if nothing is named. Only in the
     *     administration realm
     * @param provider alias of an identity provider whose mapper supplies a connection of the realm's own
     * @param after {@code next} of the page before
     * @return 200 with the page; 400 if a parameter is malformed; 409 if the connection cannot be used; 502 if Nylas
     *     could not be asked
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users, view-realm and view-identity-providers
     */
    @GET
    public Response list(
            @QueryParam("connection") String connection,
            @QueryParam("provider") String provider,
            @QueryParam("after") String after) {
        auth.users().requireView();
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        try {
            int position = position(after);
            Connection chosen = ChosenConnection.find(session, realm, connection, provider, "unknown-grants");
            return NylasCall.answer(session, nylas -> page(nylas, chosen, position));
        } catch (RefusedCallException e) {
            return e.response();
        }
    }

    private UnknownGrantsReport page(NylasClient nylas, Connection connection, int position)
            throws RefusedCallException {
        String application =
                WebhookAnswers.required(nylas.application(connection.key())).id();
        List<NylasGrant> listed = WebhookAnswers.required(nylas.grants(connection.key(), position, PAGE));
        String apiUrl = connection.settings().apiUrl().toString();
        Map<String, NylasGrant> byHash = listed.stream()
                .collect(Collectors.toMap(
                        grant -> GrantConnection.grantHash(apiUrl, application, grant.id()),
                        Function.identity(),
                        (one, same) -> one));
        Set<String> known = byHash.isEmpty() ? Set.of() : known(byHash.keySet());
        return new UnknownGrantsReport(
                application,
                byHash.entrySet().stream()
                        .filter(entry -> !known.contains(entry.getKey()))
                        .map(entry -> UnknownGrantsReport.Grant.of(entry.getValue()))
                        .toList(),
                listed.size() < PAGE ? null : Integer.toString(position + PAGE));
    }

    private Set<String> known(Set<String> hashes) {
        return NylasCall.transaction(session, realm.getId(), own -> {
            ConnectionGrants grants = ConnectionGrants.of(own);
            Set<String> known = new HashSet<>(grants.held(hashes));
            known.addAll(grants.beingDeleted(hashes));
            return known;
        });
    }

    private static int position(String after) throws RefusedCallException {
        try {
            int position = after == null ? 0 : Integer.parseInt(after);
            if (position >= 0 && position <= LAST_POSITION) {
                return position;
            }
        } catch (NumberFormatException e) {
            // The same sentence follows.
        }
        throw new RefusedCallException(
                Status.BAD_REQUEST, "after is the value 'next' of the page before. Leave it out for the first page.");
    }
}
