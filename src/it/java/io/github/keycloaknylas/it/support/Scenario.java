package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.util.Map;

/** A realm with one Microsoft provider, and the steps and findings that the tests of logins share. */
public final class Scenario implements AutoCloseable {

    private final KeycloakServer server;
    private final MicrosoftRealm realm;
    private final String alias;

    private Scenario(KeycloakServer server, MicrosoftRealm realm, String alias) {
        this.server = server;
        this.realm = realm;
        this.alias = alias;
    }

    /** Without the mapper: whoever signs in now is linked, and nothing is captured. */
    public static Scenario before(KeycloakServer server, IdentityProvider provider) {
        MicrosoftRealm realm = MicrosoftRealm.empty(server);
        realm.keycloak().addProvider(provider);
        return new Scenario(server, realm, provider.alias());
    }

    public static Scenario capturing(KeycloakServer server, IdentityProvider provider, Map<String, String> mapper) {
        Scenario scenario = before(server, provider);
        scenario.addMapper(mapper);
        return scenario;
    }

    public static Scenario capturing(KeycloakServer server, IdentityProvider provider) {
        return capturing(server, provider, Map.of());
    }

    /** The same realm, seen from another of its providers; to be closed with the first. */
    public static Scenario of(Scenario other, String alias) {
        return new Scenario(other.server, other.realm, alias);
    }

    /** Returns the mapper's id. */
    public String addMapper(Map<String, String> mapper) {
        return realm.keycloak().addMapper(alias, MicrosoftRealm.MAPPER, mapper);
    }

    public String addMapper() {
        return addMapper(Map.of());
    }

    public MicrosoftRealm microsoft() {
        return realm;
    }

    public TestRealm keycloak() {
        return realm.keycloak();
    }

    public String alias() {
        return alias;
    }

    public KeycloakServer server() {
        return server;
    }

    /** To the application, straight through the provider. */
    public SignIn start(UserAgent browser) {
        return SignIn.to(keycloak()).in(browser).through(alias);
    }

    public Attempt signIn(UserAgent browser, Account account) {
        return MicrosoftRealm.atMicrosoft(start(browser).open(), account);
    }

    public Attempt signIn(Account account) {
        return signIn(new UserAgent(), account);
    }

    /** Signs in a first time, in a browser of the past; returns the id of the user that this makes. */
    public String knownUser(Account account) {
        return signIn(account).tokens().userId();
    }

    /** As {@link #knownUser}, with a password for what asks for one. */
    public TestUser knownUserWithPassword(Account account) {
        String id = knownUser(account);
        TestUser user = new TestUser(account.userPrincipalName(), account.mail(), "a-password");
        Users.setPassword(keycloak(), id, user.password());
        return user;
    }

    /** Somebody who has a password and the account's e-mail address, and no link yet. */
    public TestUser localUser(Account account) {
        TestUser user = TestUser.named("local-" + account.givenName()).email(account.mail());
        keycloak().addUser(user);
        return user;
    }

    /** Links an account as the account console does, from the sign-in on. */
    public Attempt link(TestUser user, Account account) {
        Attempt atConsole = SignIn.to(keycloak())
                .action("idp_link:" + alias)
                .open()
                .password(user)
                .continueAction();
        return MicrosoftRealm.atMicrosoft(atConsole, account);
    }

    public void assertOneGrant(String userId, Account account) {
        String grantId = realm.awaitGrantId(userId);
        SentinelLogin.of(server).awaitGrant();
        assertThat(MicrosoftRealm.grantsAtNylas(account)).extracting(Grant::id).containsExactly(grantId);
        assertThat(MicrosoftRealm.handovers(account)).isEqualTo(1);
    }

    public void assertNothingHandedOver(Account account) {
        SentinelLogin.of(server).awaitGrant();
        assertThat(MicrosoftRealm.handovers(account)).isZero();
        assertThat(MicrosoftRealm.grantsAtNylas(account)).isEmpty();
    }

    @Override
    public void close() {
        realm.close();
    }
}
