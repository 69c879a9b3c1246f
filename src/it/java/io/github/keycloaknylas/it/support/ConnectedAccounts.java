package io.github.keycloaknylas.it.support;

import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.ExpectedIdentityJson;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.testkit.microsoft.Account;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Accounts of one provider with connected grants. One person signs in; the rows of the others are copies of that
 * person's, their users and links come by a partial import, and the fake Nylas has a grant for each.
 */
public final class ConnectedAccounts {

    private final Scenario scenario;
    private final OurTables tables;
    private final String realmId;

    public ConnectedAccounts(Scenario scenario, OurTables tables) {
        this.scenario = scenario;
        this.tables = tables;
        this.realmId = scenario.keycloak().admin().toRepresentation().getId();
    }

    /** Signs somebody in and returns once the grant is connected. */
    public ConnectedAccount signIn(Account account) {
        return awaitConnected(account, scenario.knownUser(account));
    }

    /** The same for somebody who has signed in already. */
    public ConnectedAccount awaitConnected(Account account, String userId) {
        await().atMost(MicrosoftRealm.SOON)
                .until(
                        () -> tables.query("select GRANT_STATE from NYLAS_GRANT where USER_ID = '" + userId + "'"),
                        List.of("CONNECTED")::equals);
        return new ConnectedAccount(account, userId, MicrosoftRealm.grantIdAtNylas(account));
    }

    /** So many people, the first of whom has signed in. */
    public List<ConnectedAccount> add(int people) {
        ConnectedAccount first = signIn(MicrosoftRealm.somebody());
        List<ConnectedAccount> copies =
                FakeGrants.of(Stream.generate(MicrosoftRealm::somebody)
                                .limit(people - 1L)
                                .toList())
                        .entrySet()
                        .stream()
                        .map(grant -> new ConnectedAccount(
                                grant.getKey(), UUID.randomUUID().toString(), grant.getValue()))
                        .toList();
        importUsers("FAIL", copies.stream().map(this::userWithId).toList());
        copyRows(first, copies);
        List<ConnectedAccount> all = new ArrayList<>(List.of(first));
        all.addAll(copies);
        return all;
    }

    /** A partial import that overwrites the users: they get new ids, and the links they had. */
    public void overwriteUsers(List<ConnectedAccount> people) {
        importUsers("OVERWRITE", people.stream().map(this::user).toList());
    }

    /** The state of each row with one of these grants. */
    public static List<String> states(OurTables tables, Collection<ConnectedAccount> people) {
        return tables.query("select GRANT_STATE" + rowsOf(people));
    }

    /** The alias of each connected row with one of these grants. */
    public static List<String> aliases(OurTables tables, Collection<ConnectedAccount> people) {
        return tables.query("select ALIAS" + rowsOf(people) + " and GRANT_STATE = 'CONNECTED'");
    }

    // Ids, which need no escaping.
    private static String rowsOf(Collection<ConnectedAccount> people) {
        return people.stream()
                .map(person -> "'" + person.grantId() + "'")
                .collect(Collectors.joining(", ", " from NYLAS_GRANT where GRANT_ID in (", ")"));
    }

    private void copyRows(ConnectedAccount original, List<ConnectedAccount> copies) {
        Function<ConnectedAccount, Object> grantHash = grantHash(original);
        new RowCopies<ConnectedAccount>(tables, "nylas_grant", "user_id")
                .with("id", ConnectedAccount::userId)
                .with("key_hash", copy -> new Mailbox(realmId, scenario.alias(), copy.subject()).hash())
                .with("subject", ConnectedAccount::subject)
                .with("user_id", ConnectedAccount::userId)
                .with("user_hash", copy -> Digests.sha256(realmId, copy.userId()))
                .with("expected", copy -> ExpectedIdentityJson.write(identity(copy)))
                .with("grant_id", ConnectedAccount::grantId)
                .with("grant_hash", grantHash)
                .with("email", copy -> copy.account().mail())
                .with("provider_user_id", copy -> copy.account().graphId())
                .with("attribute_user_id", ConnectedAccount::userId)
                .with("attribute_value", ConnectedAccount::grantId)
                .insert(original.userId(), copies);
        new RowCopies<ConnectedAccount>(tables, "nylas_hold", "user_id")
                .with("grant_hash", grantHash)
                .with("user_id", ConnectedAccount::userId)
                .insert(original.userId(), copies);
        tables.insert(
                "insert into nylas_identity (identity_hash, grant_row_id) values (?, ?)",
                copies.stream()
                        .flatMap(copy -> identity(copy).hashes(new Microsoft()).stream()
                                .map(hash -> new Object[] {hash, copy.userId()}))
                        .toList());
    }

    /** The copies are at the original's application. */
    private Function<ConnectedAccount, Object> grantHash(ConnectedAccount original) {
        String of = " from NYLAS_GRANT where USER_ID = '" + original.userId() + "'";
        String url = tables.query("select API_URL" + of).get(0);
        String application = tables.query("select APPLICATION_ID" + of).get(0);
        return copy -> Digests.sha256(url, application, copy.grantId());
    }

    private static ExpectedIdentity identity(ConnectedAccount copy) {
        Account account = copy.account();
        return new ExpectedIdentity(
                account.id(), account.tenantId(), account.mail(), account.userPrincipalName(), null);
    }

    private void importUsers(String ifExists, List<UserRepresentation> users) {
        PartialImportRepresentation represented = new PartialImportRepresentation();
        represented.setIfResourceExists(ifExists);
        represented.setUsers(users);
        try (Response response = scenario.keycloak().admin().partialImport(represented)) {
            if (response.getStatus() != 200) {
                throw new AssertionError("the import was answered with " + response.getStatus() + ": "
                        + response.readEntity(String.class));
            }
        }
    }

    private UserRepresentation userWithId(ConnectedAccount person) {
        UserRepresentation user = user(person);
        user.setId(person.userId());
        user.singleAttribute(MicrosoftRealm.ATTRIBUTE, person.grantId());
        return user;
    }

    private UserRepresentation user(ConnectedAccount person) {
        Account account = person.account();
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider(scenario.alias());
        link.setUserId(person.subject());
        link.setUserName(account.userPrincipalName());
        UserRepresentation user = new UserRepresentation();
        user.setUsername(account.userPrincipalName());
        user.setEmail(account.mail());
        user.setFirstName(account.givenName());
        user.setLastName(account.familyName());
        user.setEnabled(true);
        user.setFederatedIdentities(List.of(link));
        return user;
    }
}
