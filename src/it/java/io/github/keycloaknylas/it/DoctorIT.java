package io.github.keycloaknylas.it;

import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.HealthySetUp;
import io.github.keycloaknylas.it.support.LedgerRow;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.SetUpConnections;
import io.github.keycloaknylas.it.support.TestConnection;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.WebhookCalls;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.NylasApplication;
import io.github.keycloaknylas.testkit.nylas.NylasApplication.Status;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import io.github.keycloaknylas.testkit.nylas.Webhook;
import io.github.keycloaknylas.testkit.nylas.WebhookSettings;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/**
 * Broken set-ups, each made from a healthy one by a single change, and what the set-up call finds. A row fails if its
 * check is removed, and if another check reports something.
 */
@DistributionOnly("the fake Nylas reaches a server on this machine only")
@FullBuildOnly("each of its set-ups is made and broken in a realm of its own")
class DoctorIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();
    private static final OurTables TABLES = PostgresEnvironment.TABLES;
    private static final TestConnection NYLAS = SetUpConnections.CONNECTION;
    private static final WebhookCalls WEBHOOK = new WebhookCalls(SERVER, "master", "connection=" + NYLAS.name());
    private static final String TENANT = "6a2f6a3e-0c57-4f0c-9d53-2c5f3a0c4b11";
    private static final String STATUS = MicrosoftRealm.STATUS;
    private static final String ATTRIBUTE = MicrosoftRealm.ATTRIBUTE;
    private static final long FAR = Long.MAX_VALUE / 2;
    private static final List<NylasApplication> OTHERS = new ArrayList<>();

    /**
     * @param codes of the problems and notes, separated by spaces
     * @param provider healthy before the change
     */
    record Broken(String name, String codes, IdentityProvider provider, Consumer<HealthySetUp> change) {
        @Override
        public String toString() {
            return name + ": " + codes;
        }
    }

    private static Broken oidc(String name, String codes, Consumer<HealthySetUp> change) {
        return new Broken(name, codes, MicrosoftRealm.oidc(HealthySetUp.ALIAS), change);
    }

    private static Broken social(String name, String codes, Consumer<HealthySetUp> change) {
        return new Broken(name, codes, MicrosoftRealm.social(HealthySetUp.ALIAS), change);
    }

    private static Broken ofTenant(String name, String codes, Consumer<HealthySetUp> change) {
        IdentityProvider provider = MicrosoftRealm.social(HealthySetUp.ALIAS).tenant(TENANT);
        return new Broken(name, codes, provider, change);
    }

    static Stream<Broken> brokenSetUps() {
        return Stream.of(mappersAndProviders(), connections(), atNylas(), webhooks(), ofTheRealm(), inTheTables())
                .flatMap(group -> group);
    }

    private static Stream<Broken> mappersAndProviders() {
        return Stream.of(
                oidc("no mapper", "mapper_missing", HealthySetUp::removeMapper),
                oidc("two mappers", "mapper_duplicate", setUp -> setUp.addMapper(MicrosoftRealm.MAPPER, Map.of())),
                oidc("a maximum age that is no number", "mapper_setting", mapper("maximumAgeDays", "soon")),
                oidc("the e-mail address as attribute", "mapper_setting", mapper("attribute", "email")),
                oidc("a key in clear", "mapper_setting", ownKey("nyk_v0_in-clear")),
                oidc("a role that was deleted", "role_missing", mapper("role", "deleted-long-ago")),
                oidc("a group that was deleted", "group_missing", mapper("group", "/deleted-long-ago")),
                oidc("a disabled provider", "provider_disabled", setUp -> setUp.provider(one -> one.setEnabled(false))),
                social(
                        "tokens that are not stored",
                        "store_tokens_off",
                        setUp -> setUp.provider(one -> one.setStoreToken(false))),
                oidc(
                        "no offline access",
                        "offline_access_missing",
                        setUp -> setUp.scopes("openid profile email User.Read Mail.Read Calendars.Read")),
                oidc(
                        "no calendars",
                        "mail_scopes_missing connector_scopes_wider",
                        setUp -> setUp.scopes("openid offline_access User.Read Mail.Read")),
                social(
                        "no profile",
                        "user_read_missing connector_scopes_wider",
                        setUp -> setUp.scopes("openid offline_access Mail.Read Calendars.Read")),
                oidc("a template for the broker's ID", "template_mapper", DoctorIT::addTemplate),
                oidc("a credential", "credential_unchecked", mapper("credentialId", "some-credential")));
    }

    private static Stream<Broken> connections() {
        return Stream.of(
                oidc("an unknown connection", "connection_unusable", mapper("connection", "nowhere")),
                oidc("plain http", "api_url_refused", mapper("connection", SetUpConnections.PLAIN_HTTP)),
                oidc("a key with a blank", "api_key_unusable", mapper("connection", SetUpConnections.ODD_KEY)),
                oidc("an empty vault", "vault_entry_missing", ownKey("${vault.nothing}")),
                oidc("a clock that is off", "clock_off webhook_missing", mapper("connection", SetUpConnections.LATE)));
    }

    private static Stream<Broken> atNylas() {
        return Stream.of(
                oidc(
                        "a revoked key",
                        "api_key_refused",
                        setUp -> NYLAS.application().revoke(NYLAS.apiKey())),
                oidc(
                        "a blocked application",
                        "nylas_refused",
                        setUp -> NYLAS.application().status(Status.BLOCKED)),
                oidc(
                        "a forbidden application",
                        "nylas_refused",
                        setUp -> NYLAS.application().status(Status.FORBIDDEN)),
                oidc(
                        "an outage",
                        "nylas_unreachable",
                        setUp -> TestEnvironment.NYLAS.faults().always(NYLAS.requests(), ErrorFaults.status(503))),
                oidc("a key of another application", "application_other webhook_missing", setUp -> keyOf("production")),
                oidc(
                        "a key of a sandbox",
                        "application_other application_sandbox webhook_missing",
                        setUp -> keyOf("sandbox")),
                oidc(
                        "no connector",
                        "connector_missing",
                        setUp -> NYLAS.application().removeConnector()),
                oidc(
                        "another client",
                        "connector_client_other",
                        setUp -> NYLAS.presents(new OAuthClient("another-client", "its-secret"))),
                oidc(
                        "an unnamed client",
                        "connector_client_unknown",
                        setUp -> NYLAS.presents(new OAuthClient(null, "its-secret"))),
                oidc(
                        "more scopes at Nylas",
                        "connector_scopes_wider",
                        setUp -> connector("common", "User.Read", "Mail.Read", "Calendars.Read", "Mail.Send")),
                oidc("fewer scopes at Nylas", "connector_scopes_narrower", setUp -> connector("common", "User.Read")),
                oidc("unnamed scopes at Nylas", "connector_scopes_unknown", setUp -> connector("common")),
                ofTenant(
                        "another tenant at Nylas",
                        "connector_tenant_other",
                        setUp -> connector(UUID.randomUUID().toString(), "User.Read", "Mail.Read", "Calendars.Read")),
                ofTenant("any tenant at Nylas", "connector_tenant_unsure", setUp -> {}));
    }

    private static Stream<Broken> webhooks() {
        return Stream.of(
                oidc("no webhook", "webhook_missing", setUp -> setUp.mapper(SetUpConnections.WITHOUT_WEBHOOK.mapper())),
                oidc("a webhook that Nylas removed", "webhook_missing", setUp -> registeredAs("removed")),
                oidc("a webhook that fails", "webhook_failing", setUp -> atNylas(Webhook.Status.FAILING)),
                oidc("a webhook that was stopped", "webhook_failing", setUp -> atNylas(Webhook.Status.PAUSE)),
                oidc("a webhook of another address", "webhook_unreachable", setUp -> registeredAs(elsewhere())),
                oidc(
                        "a secret that does not open",
                        "webhook_secret_unusable",
                        setUp -> TABLES.execute(
                                "update nylas_webhook set seal_key_id = 'server:gone' where " + ofTheConnection())));
    }

    private static Stream<Broken> ofTheRealm() {
        return Stream.of(
                oidc("no attribute", "attribute_missing", withoutAttribute(ATTRIBUTE)),
                oidc("no status", "attribute_missing", withoutAttribute(STATUS)),
                oidc(
                        "no attribute, and users may write it",
                        "attribute_missing",
                        setUp -> setUp.userProfile(config -> {
                            config.removeAttribute(ATTRIBUTE);
                            config.setUnmanagedAttributePolicy(UPConfig.UnmanagedAttributePolicy.ENABLED);
                        })),
                oidc("a hidden attribute", "attribute_hidden", permissions(ATTRIBUTE, Set.of(), Set.of())),
                oidc(
                        "an editable attribute",
                        "attribute_editable",
                        permissions(ATTRIBUTE, Set.of("user"), Set.of("user"))),
                oidc("an editable status", "attribute_editable", permissions(STATUS, Set.of("admin"), Set.of("admin"))),
                oidc(
                        "an attribute with a blank",
                        "attribute_name_invalid attribute_name_invalid",
                        mapper("attribute", "grant id")),
                oidc("no client scope", "client_scope_missing", HealthySetUp::removeClientScope),
                oidc(
                        "a client scope for SAML",
                        "client_scope_other_protocol",
                        setUp -> setUp.clientScope(scope -> scope.setProtocol("saml"))),
                oidc("no mapper of claims", "claims_mapper_missing", HealthySetUp::removeClaimsMapper));
    }

    private static Stream<Broken> inTheTables() {
        return Stream.of(
                oidc("a seal key that is gone", "seal_key_gone", DoctorIT::sealedWithAnotherKey),
                oidc("an attribute of another grant", "attribute_differs", setUp -> connected(setUp, "g", "connected")),
                oidc("another status", "attribute_differs", setUp -> connected(setUp, null, "reconnect")),
                oidc("grants of a former application", "application_changed", DoctorIT::ofAFormerApplication),
                oidc(
                        "links that are gone",
                        "links_gone",
                        setUp -> LedgerRow.of(setUp.realmId(), "somebody")
                                .with("link_gone_at", 1L)
                                .insertInto(TABLES)),
                oidc("deletions to confirm", "deletions_wait", DoctorIT::stoppedDeletion),
                oidc("a reconciliation to confirm", "reconciliation_waits", setUp -> alarm()),
                oidc("a node with other settings", "nodes_differ", setUp -> anotherNode()));
    }

    private static Consumer<HealthySetUp> mapper(String setting, String value) {
        return setUp -> setUp.mapper(Map.of(setting, value));
    }

    private static Consumer<HealthySetUp> ownKey(String key) {
        return setUp ->
                setUp.mapper(Map.of("apiUrl", TestEnvironment.NYLAS.uri().toString(), "apiKey", key));
    }

    private static void addTemplate(HealthySetUp setUp) {
        setUp.addMapper("oidc-username-idp-mapper", Map.of("template", "${CLAIM.email}", "target", "BROKER_ID"));
    }

    private static void keyOf(String environment) {
        NylasApplication other = TestEnvironment.NYLAS.application(
                "doctor-" + UUID.randomUUID(), NYLAS.application().region(), environment);
        other.connector(TestConnection.CLIENT, "common", "User.Read", "Mail.Read", "Calendars.Read");
        NYLAS.application().revoke(NYLAS.apiKey());
        OTHERS.add(other.apiKey(NYLAS.apiKey()));
    }

    private static void connector(String tenant, String... scopes) {
        NYLAS.application().connector(TestConnection.CLIENT, tenant, scopes);
    }

    private static String ofTheConnection() {
        return "connection_name = '" + NYLAS.name() + "'";
    }

    private static void registeredAs(String nylasId) {
        TABLES.execute("update nylas_webhook set nylas_id = '" + nylasId + "' where " + ofTheConnection());
    }

    private static String elsewhere() {
        URI address = URI.create("http://127.0.0.1:9/realms/master/nylas/webhooks/" + UUID.randomUUID());
        return NYLAS.application()
                .webhooks()
                .add(WebhookSettings.of(address, "grant.expired"))
                .id();
    }

    private static void atNylas(Webhook.Status status) {
        String id = TABLES.query("select nylas_id from nylas_webhook where " + ofTheConnection())
                .get(0);
        NYLAS.application().webhooks().status(id, status);
    }

    private static Consumer<HealthySetUp> withoutAttribute(String name) {
        return setUp -> setUp.userProfile(config -> config.removeAttribute(name));
    }

    private static Consumer<HealthySetUp> permissions(String name, Set<String> view, Set<String> edit) {
        return setUp -> setUp.userProfile(
                config -> config.getAttribute(name).setPermissions(new UPAttributePermissions(view, edit)));
    }

    /** @param shown grant in the attribute; null for that of the ledger */
    private static void connected(HealthySetUp setUp, String shown, String status) {
        String userId = setUp.realm().addUser(TestUser.named("user-" + UUID.randomUUID()));
        LedgerRow row = LedgerRow.of(setUp.realmId(), userId).connected(HealthySetUp.ALIAS, NYLAS);
        row.insertInto(TABLES);
        attribute(userId, ATTRIBUTE, shown == null ? row.grantId() : shown);
        attribute(userId, STATUS, status);
    }

    // The console cannot write it, and a user who was never read is in no cache.
    private static void attribute(String userId, String name, String value) {
        TABLES.insert(
                "insert into user_attribute (id, name, value, user_id) values (?, ?, ?, ?)",
                List.<Object[]>of(new Object[] {UUID.randomUUID().toString(), name, value, userId}));
    }

    private static void ofAFormerApplication(HealthySetUp setUp) {
        connected(setUp, null, "connected");
        TABLES.execute("update nylas_grant set application_id = 'former' where realm_id = '" + setUp.realmId() + "'");
    }

    private static void sealedWithAnotherKey(HealthySetUp setUp) {
        LedgerRow.of(setUp.realmId(), "somebody")
                .with("handover_state", "DUE")
                .with("sealed_token", "sealed")
                .with("seal_key_id", "server:gone")
                .with("token_at", System.currentTimeMillis() - DAYS.toMillis(6))
                .insertInto(TABLES);
    }

    private static void stoppedDeletion(HealthySetUp setUp) {
        TABLES.insert(
                "insert into nylas_deletion (grant_hash, row_version, grant_id, reason, realm_id, user_id, created_at,"
                        + " due_at, attempts, lane, next_at, failure_class) values (?, 0, 'stopped', 'UNLINKED', ?,"
                        + " 'somebody', 1, 1, 0, ?, ?, 'confirmation')",
                List.<Object[]>of(
                        new Object[] {Digests.sha256("stopped"), setUp.realmId(), Digests.sha256("lane"), FAR}));
    }

    private static void alarm() {
        String url = TestEnvironment.NYLAS.uri().toString();
        String application = NYLAS.application().id();
        TABLES.insert(
                "insert into nylas_connection (connection_hash, row_version, api_url, application_id, next_at, attempts,"
                        + " alarm_at) values (?, 0, ?, ?, ?, 0, 1)",
                List.<Object[]>of(new Object[] {Digests.sha256(url, application), url, application, FAR}));
    }

    private static void anotherNode() {
        await().until(() -> TABLES.count("nylas_node") == 1);
        TABLES.insert(
                "insert into nylas_node (node_id, version, settings, seen_at) select 'another', version, ?, seen_at"
                        + " from nylas_node",
                List.<Object[]>of(new Object[] {"spi-nylas-delivery--default--leaving-grace-hours=99"}));
    }

    @BeforeEach
    void healthyAtNylas() {
        assertThat(WEBHOOK.register().text("atNylas")).isEqualTo("active");
    }

    @AfterEach
    void repair() {
        TestEnvironment.NYLAS.faults().clear();
        NYLAS.application().status(Status.GOOD);
        OTHERS.forEach(other -> other.revoke(NYLAS.apiKey()));
        NYLAS.application().apiKey(NYLAS.apiKey());
        NYLAS.presents(TestConnection.CLIENT);
        TABLES.execute("delete from nylas_connection where application_id = '"
                + NYLAS.application().id() + "'");
        TABLES.execute("delete from nylas_deletion where grant_id = 'stopped'");
        TABLES.execute("delete from nylas_grant where alias is null");
        TABLES.execute("delete from nylas_node where node_id = 'another'");
    }

    @AfterAll
    static void remove() {
        WEBHOOK.remove();
    }

    @Test
    void aHealthySetUpHasNoFindings() {
        for (IdentityProvider provider :
                List.of(MicrosoftRealm.oidc(HealthySetUp.ALIAS), MicrosoftRealm.social(HealthySetUp.ALIAS))) {
            try (HealthySetUp setUp = HealthySetUp.create(SERVER, provider, NYLAS)) {
                connected(setUp, null, "connected");

                assertThat(setUp.check().findings()).isEmpty();
                assertThat(setUp.check().ok()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("brokenSetUps")
    void aBrokenSetUpIsFound(Broken broken) {
        try (HealthySetUp setUp = HealthySetUp.create(SERVER, broken.provider(), NYLAS)) {
            broken.change().accept(setUp);

            assertThat(setUp.check().findings())
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.asList(broken.codes().split(" ")));
        }
    }

    @Test
    void aProviderIsNotToldTheTroubleOfAnother() {
        try (HealthySetUp setUp = HealthySetUp.create(SERVER, MicrosoftRealm.oidc(HealthySetUp.ALIAS), NYLAS)) {
            setUp.realm().addProvider(MicrosoftRealm.oidc("broken").defaultScope("openid"));
            setUp.realm().addMapper("broken", MicrosoftRealm.MAPPER, NYLAS.mapper());

            assertThat(setUp.check().problems("broken")).contains("offline_access_missing");
            assertThat(setUp.check().problems(HealthySetUp.ALIAS)).isEmpty();
        }
    }
}
