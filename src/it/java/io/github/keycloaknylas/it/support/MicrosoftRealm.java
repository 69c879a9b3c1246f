package io.github.keycloaknylas.it.support;

import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.testkit.Fakes;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.representations.idm.UserRepresentation;

/** A realm whose people sign in with Microsoft and get a grant. */
public final class MicrosoftRealm implements AutoCloseable {

    public static final String ATTRIBUTE = "nylas_grant_id";
    public static final String STATUS = "nylas_grant_status";
    public static final String MAPPER = Fakes.MAPPER;
    public static final Duration SOON = Duration.ofSeconds(30);

    private final TestRealm realm;

    private MicrosoftRealm(TestRealm realm) {
        this.realm = realm;
    }

    /** With no provider yet. */
    public static MicrosoftRealm empty(KeycloakServer server) {
        TestRealm realm = TestRealm.create(server);
        realm.userProfile().declareReadOnly(ATTRIBUTE);
        realm.userProfile().declareReadOnly(STATUS);
        return new MicrosoftRealm(realm);
    }

    /** A realm that the test has set up itself; closing this removes it. */
    public static MicrosoftRealm of(TestRealm realm) {
        return new MicrosoftRealm(realm);
    }

    /** With the provider {@code entra}, which is {@code oidc} pointed at the fake Microsoft, and the mapper. */
    public static MicrosoftRealm withOidc(KeycloakServer server, Map<String, String> mapper) {
        MicrosoftRealm realm = empty(server);
        realm.add(oidc("entra"), mapper);
        return realm;
    }

    /** The same realm, seen from another node of the cluster; to be closed on one of them. */
    public MicrosoftRealm at(KeycloakServer node) {
        return new MicrosoftRealm(realm.at(node));
    }

    public static IdentityProvider oidc(String alias) {
        return TestEnvironment.FAKES.oidc(alias);
    }

    public static IdentityProvider social(String alias) {
        return TestEnvironment.FAKES.social(alias);
    }

    public void add(IdentityProvider provider, Map<String, String> mapper) {
        realm.addProvider(provider);
        realm.addMapper(provider.alias(), MAPPER, mapper);
    }

    public TestRealm keycloak() {
        return realm;
    }

    /** Somebody nobody else in these tests is: a mailbox has one grant for a whole Nylas application. */
    public static Account somebody() {
        String name = "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Account account = Account.work(name, "Tester", name + "@contoso.example");
        TestEnvironment.MICROSOFT.put(account);
        return account;
    }

    public Attempt signIn(String alias, Account account) {
        return atMicrosoft(SignIn.to(realm).through(alias).open(), account);
    }

    /** Passes Microsoft's page, wherever Keycloak sent the browser to. */
    public static Attempt atMicrosoft(Attempt attempt, Account account) {
        return TestEnvironment.FAKES.atMicrosoft(attempt, account);
    }

    public UserRepresentation user(Account account) {
        return realm.find(account.userPrincipalName());
    }

    public Optional<String> grantId(String userId) {
        return attribute(userId, ATTRIBUTE);
    }

    /** The value of the status attribute. */
    public Optional<String> status(String userId) {
        return attribute(userId, STATUS);
    }

    private Optional<String> attribute(String userId, String name) {
        Map<String, List<String>> attributes =
                realm.user(userId).toRepresentation().getAttributes();
        return Optional.ofNullable(attributes).map(all -> all.get(name)).map(values -> values.get(0));
    }

    public String awaitGrantId(String userId) {
        return await().atMost(SOON)
                .until(() -> grantId(userId), Optional::isPresent)
                .orElseThrow();
    }

    public static Optional<Grant> grantAtNylas(Account account) {
        return TestEnvironment.FAKES.grantOf(account);
    }

    public static String grantIdAtNylas(Account account) {
        return grantAtNylas(account).map(Grant::id).orElseThrow();
    }

    public static List<Grant> grantsAtNylas(Account account) {
        return TestEnvironment.NYLAS.grants().stream()
                .filter(grant -> account.mail().equalsIgnoreCase(grant.email()))
                .toList();
    }

    public static long handovers(Account account) {
        return Handovers.journal(account).size();
    }

    @Override
    public void close() {
        realm.close();
    }
}
