package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.WebhookSeal;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.RealmRows;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.nylas.NylasWebhook;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.Options;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What the checks make of the extension's own rows. */
class LedgerChecksTest {

    private static final long NOW = 1_000_000;
    private static final String URL = "https://api.us.nylas.com";
    private static final String NAME = "realm:realm/entra";
    private static final String ADDRESS = "https://keycloak.example.com/realms/realm-name/nylas/webhooks/";

    private final Options options = Options.none()
            .with("hostname/v2/hostname", "https://keycloak.example.com")
            .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
    private final FakeWebhooks nylas = new FakeWebhooks();
    private final FakeKeycloak keycloak;
    private final Findings findings = new Findings();

    LedgerChecksTest() {
        Crypto.use();
        keycloak = new FakeKeycloak(TestDatabase.empty(Engine.H2));
        keycloak.realm("realm");
    }

    private void session(Consumer<KeycloakSession> work) {
        KeycloakModelUtils.runJobInTransaction(keycloak.lightweightFactory(), session -> {
            session.getContext().setRealm(session.realms().getRealm("realm"));
            work.accept(session);
        });
    }

    // Connected mailboxes.

    private void connected(String subject, String application) {
        keycloak.user("realm", subject);
        session(session -> {
            GrantEntity row = Ledger.of(session).create(new Mailbox("realm", "entra", subject), subject, NOW);
            Transitions.merge(row, new SealedToken("sealed", "server:gone", 5), person(subject), subject, NOW);
            Transitions.connected(row, grant(subject, application), 5, NOW);
            Transitions.attributeWritten(row, subject, "nylas_grant_id", "g-" + subject);
        });
    }

    private static ExpectedIdentity person(String name) {
        return new ExpectedIdentity("oid-" + name, null, name + "@example.com", null, null);
    }

    private static ConnectedGrant grant(String subject, String application) {
        return new ConnectedGrant(
                "g-" + subject,
                subject + "@example.com",
                null,
                "",
                new GrantConnection(URL, application, null, NAME, "${vault.key}"),
                NOW);
    }

    private void attributes(String subject, String grantId, String status) {
        keycloak.user("realm", subject).attributes().put("nylas_grant_id", grantId);
        keycloak.user("realm", subject).attributes().put("nylas_grant_status", status);
    }

    private void compareSample(String application) {
        session(session -> new ConnectedSampleCheck(
                        session, session.getContext().getRealm(), RealmRows.of(session, "realm"), keycloak.attributes())
                .run(
                        Samples.mapped(Samples.oidc()),
                        Optional.of(new GrantConnection(URL, application, null, NAME, "")),
                        findings));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void attributesThatShowTheLedgerAreNotMentioned() {
        connected("ada", "app");
        attributes("ada", "g-ada", "connected");

        compareSample("app");

        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void anAttributeOrAStatusThatDiffersIsCounted() {
        connected("ada", "app");
        attributes("ada", "g-of-another", "connected");
        connected("bob", "app");
        attributes("bob", "g-bob", "reconnect");
        connected("cy", "app");
        connected("dan", "app");
        attributes("dan", "g-dan", "connected");

        compareSample("app");

        assertThat(Samples.notes(findings)).containsExactly(FindingCode.ATTRIBUTE_DIFFERS);
        assertThat(findings.notes().get(0).problem()).contains("of 3 users", "of 4");
    }

    @Test
    void aUserWhoIsGoneHasNoAttributeThatDiffers() {
        connected("ada", "app");
        keycloak.removeUser("realm", "ada");

        compareSample("app");

        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void grantsOfAnotherApplicationAreCounted() {
        connected("ada", "former");
        attributes("ada", "g-ada", "connected");
        connected("bob", "app");
        attributes("bob", "g-bob", "connected");

        compareSample("app");

        assertThat(Samples.notes(findings)).containsExactly(FindingCode.APPLICATION_CHANGED);
        assertThat(findings.notes().get(0).problem())
                .startsWith("1 grants (of 2")
                .contains("former", "app");
    }

    // Waiting tokens.

    @Test
    void aSealKeyThatIsGoneIsNamedOnce() {
        session(session -> List.of("ada", "bob").forEach(subject -> {
            GrantEntity row = Ledger.of(session).create(new Mailbox("realm", "entra", subject), subject, NOW);
            Transitions.merge(row, new SealedToken("sealed", "server:gone", 5), person(subject), subject, NOW);
        }));

        session(session -> new SealCheck(session, RealmRows.of(session, "realm")).run(findings));

        assertThat(Samples.problems(findings)).containsExactly(FindingCode.SEAL_KEY_GONE);
        assertThat(findings.problems().get(0).problem()).contains("'server:gone'");
    }

    // Webhooks.

    private WebhookEntity registered(String secret) {
        WebhookOwner owner = new WebhookOwner("realm", NAME, URL);
        session(session -> {
            WebhookEntity row = Webhooks.of(session).create(owner, NOW);
            row.registered(URL, "app", "w-1", ADDRESS + row.id());
            row.rotated(WebhookSeal.seal(session, row.id(), secret), 0);
            row.settled(NOW);
        });
        WebhookEntity[] found = new WebhookEntity[1];
        session(session -> found[0] = Webhooks.of(session).of(owner).orElseThrow());
        return found[0];
    }

    private void atNylas(String url, String status) {
        nylas.known.put("w-1", new NylasWebhook("w-1", url, Set.of("grant.expired"), status));
    }

    private void checkWebhook() {
        ConnectionSettings settings =
                new ConnectionSettings(NAME, URI.create(URL), "${vault.key}", Optional.empty(), Optional.empty());
        session(session -> new WebhookCheck(
                        new WebhookSetUps(session, session.getContext().getRealm()), new NylasLookup(nylas.client()))
                .run(Samples.mapped(Samples.oidc(), Map.of("apiUrl", URL)), new Connection(settings, "key"), findings));
    }

    private void assertProblem(FindingCode code) {
        assertThat(Samples.problems(findings)).containsExactly(code);
        assertThat(findings.problems().get(0).provider()).isEqualTo("entra");
        assertThat(findings.problems().get(0).next())
                .contains("kcadm.sh create 'nylas/webhook?provider=entra' -r realm-name");
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void aWebhookThatWorksIsNotMentioned() {
        atNylas(ADDRESS + registered("secret").id(), "active");

        checkWebhook();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.notes()).isEmpty();
    }

    @Test
    void aConnectionWithoutAWebhookIsANoteAndNylasIsNotAsked() {
        nylas.onCall = () -> {
            throw new AssertionError("asked");
        };

        checkWebhook();

        assertThat(findings.problems()).isEmpty();
        assertThat(Samples.notes(findings)).containsExactly(FindingCode.WEBHOOK_MISSING);
    }

    @Test
    void aWebhookThatNylasHasRemovedIsAProblem() {
        registered("secret");

        checkWebhook();

        assertProblem(FindingCode.WEBHOOK_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"failing", "failed", "pause", "inactive"})
    void aWebhookThatFailsOrIsStoppedIsAProblem(String status) {
        atNylas(ADDRESS + registered("secret").id(), status);

        checkWebhook();

        assertProblem(FindingCode.WEBHOOK_FAILING);
    }

    @Test
    void anAddressOfAnotherServerIsAProblem() {
        atNylas(ADDRESS + registered("secret").id(), "active");
        options.with("hostname/v2/hostname", "https://moved.example.com");

        checkWebhook();

        assertProblem(FindingCode.WEBHOOK_UNREACHABLE);
    }

    @Test
    void aServerWithoutAFixedAddressIsAProblem() {
        atNylas(ADDRESS + registered("secret").id(), "active");
        options.without("hostname/v2/hostname");

        checkWebhook();

        assertProblem(FindingCode.WEBHOOK_UNREACHABLE);
    }

    @Test
    void aSecretThatDoesNotOpenIsAProblemAndNotShown() {
        atNylas(ADDRESS + registered("whsec-very-secret").id(), "active");
        options.without("nylas-seal-key/default/secret");

        checkWebhook();

        assertProblem(FindingCode.WEBHOOK_SECRET_UNUSABLE);
        assertThat(findings.problems().toString()).doesNotContain("very-secret");
    }
}
