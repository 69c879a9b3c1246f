package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.List;
import java.util.stream.Stream;

/** A realm whose users are in an LDAP directory of its own and sign in with Microsoft. */
public final class LdapRealm implements AutoCloseable {

    private final DirectoryServer directory = DirectoryServer.start();
    private final Scenario scenario;
    private final LdapFederation federation;
    private final OurTables tables;

    private LdapRealm(KeycloakServer server, OurTables tables, LdapFederation.Kind kind) {
        this.scenario = Scenario.capturing(server, ProviderKind.OIDC.provider());
        this.federation = LdapFederation.add(scenario.keycloak(), directory, kind);
        this.tables = tables;
    }

    public static LdapRealm create(KeycloakServer server, OurTables tables, LdapFederation.Kind kind) {
        return new LdapRealm(server, tables, kind);
    }

    public Scenario scenario() {
        return scenario;
    }

    public DirectoryServer directory() {
        return directory;
    }

    public LdapFederation federation() {
        return federation;
    }

    /** Adds somebody to the directory and links the account; returns the id of the user. */
    public String link(Account account) {
        String userId = scenario.keycloak().find(directory.add(account)).getId();
        scenario.keycloak()
                .link(userId, scenario.alias(), ConnectedAccount.subject(account), account.userPrincipalName());
        return userId;
    }

    /** So many users of the directory with a connected grant each. */
    public List<ConnectedAccount> connect(int people) {
        return Stream.generate(this::connect).limit(people).toList();
    }

    private ConnectedAccount connect() {
        Account account = MicrosoftRealm.somebody();
        String userId = link(account);
        String signedIn = scenario.signIn(account).tokens().userId();
        if (!signedIn.equals(userId)) {
            throw new AssertionError("the account of " + userId + " signed in as " + signedIn);
        }
        return new ConnectedAccounts(scenario, tables).awaitConnected(account, userId);
    }

    /** Ids of the users whom Keycloak has links of, wherever it keeps them. */
    public List<String> linkedUsers() {
        String realmId = scenario.keycloak().admin().toRepresentation().getId();
        return tables.query("select USER_ID from FEDERATED_IDENTITY where REALM_ID = '" + realmId + "'"
                + " union all select USER_ID from BROKER_LINK where REALM_ID = '" + realmId + "'");
    }

    /** The grant id that Keycloak's own tables show for a user, without asking the directory. */
    public List<String> storedGrantIds(String userId) {
        String of = " where NAME = '" + MicrosoftRealm.ATTRIBUTE + "' and USER_ID = '" + userId + "'";
        return tables.query(
                "select VALUE from USER_ATTRIBUTE" + of + " union all select VALUE from FED_USER_ATTRIBUTE" + of);
    }

    @Override
    public void close() {
        scenario.close();
        directory.close();
    }
}
