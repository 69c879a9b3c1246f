package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.github.keycloaknylas.it.support.CanaryText;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.ExposedTexts;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.LeakEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.leaks.FilesOnDisk;
import io.github.keycloaknylas.testkit.leaks.Needle;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.EchoFaults;
import io.github.keycloaknylas.testkit.nylas.Fault;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Refresh tokens, API keys and the seal key are looked for in everything the server shows, logs or keeps, in whatever
 * encoding, after everything that can go wrong. The search itself is tested with a harmless canary.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DistributionOnly("it reads a process's directory")
@FullBuildOnly("it searches every file and table")
class LeaksIT {

    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final OurTables TABLES = LeakEnvironment.TABLES;

    private static DistributionServer server;

    private final Account account = MicrosoftRealm.somebody();
    private final String mark = "Leak!*$/+\"~" + UUID.randomUUID().toString().substring(0, 13);
    private final List<Needle> secrets = new ArrayList<>();

    LeaksIT() {
        TestEnvironment.MICROSOFT.behaviourOf(account).markRefreshTokens(mark);
        secrets.add(Needle.of("refresh token", mark));
        secrets.addAll(LeakEnvironment.secrets());
    }

    @BeforeAll
    static void start() {
        server = LeakEnvironment.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void cleanUp() {
        TestEnvironment.NYLAS.faults().clear();
    }

    @ParameterizedTest
    @EnumSource
    void nothingLeaksOfAHandoverThatSucceeds(ProviderKind kind) {
        try (Scenario scenario = scenario(kind, LeakEnvironment.connection())) {
            Tokens tokens = scenario.signIn(account).tokens();
            scenario.microsoft().awaitGrantId(tokens.userId());

            assertSilent(scenario, tokens);
            assertThat(Handovers.journal(account).get(0).refreshToken())
                    .hasValueSatisfying(token -> assertThat(token.value()).contains(mark));
        }
    }

    static Stream<Arguments> badAnswers() {
        String tried = "attempts > 0";
        return Stream.of(
                argumentSet("400 with the token", EchoFaults.invalidGrant(), "grant_state = 'RECONNECT'"),
                argumentSet("401 with the key", EchoFaults.unauthorized(), "failure_status = 401"),
                argumentSet("500 with the request", EchoFaults.page(), "failure_status = 500"),
                argumentSet("time-out", WireFaults.blackHole(), tried),
                argumentSet("reset", WireFaults.connectionReset(), tried),
                argumentSet("cut off", WireFaults.cutOff(), tried));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void nothingLeaksOfAHandoverThatNylasDoesNotTake(Fault fault, String sign) {
        TestEnvironment.NYLAS.faults().always(Handovers.of(account), fault);
        try (Scenario scenario = scenario(ProviderKind.OIDC, LeakEnvironment.connection())) {
            Tokens tokens = scenario.signIn(account).tokens();
            awaitRow(tokens, sign);

            assertSilent(scenario, tokens);
        }
    }

    static Stream<Arguments> uselessConnections() {
        return Stream.of(
                argumentSet("password in the URL", LeakEnvironment.PASSWORD_IN_URL),
                argumentSet("not a URL", LeakEnvironment.NO_URL),
                argumentSet("key that no header can carry", LeakEnvironment.KEY_WITH_BLANKS),
                argumentSet("unknown", "nobody-knows"));
    }

    @ParameterizedTest
    @MethodSource("uselessConnections")
    void nothingLeaksOfAConnectionThatCannotBeUsed(String connection) {
        try (Scenario scenario = scenario(ProviderKind.SOCIAL, connection)) {
            Tokens tokens = scenario.signIn(account).tokens();
            awaitRow(tokens, "failure_class in ('connection_missing', 'connection_invalid')");

            assertSilent(scenario, tokens);
        }
    }

    /** Tables that are gone, a row that cannot be inserted, a stopped server, and one whose seal key is none. */
    @Test
    @Order(LAST)
    void nothingLeaksOfWhatFailsInsideKeycloakNorLiesOnDiskNorInAnExport() {
        String useless = LeakEnvironment.secret("seal key that is none");
        secrets.addAll(LeakEnvironment.secrets());
        TestEnvironment.NYLAS.faults().always(Handovers.of(account), WireFaults.connectionReset());
        try (Scenario scenario = scenario(ProviderKind.OIDC, LeakEnvironment.connection())) {
            Tokens tokens = scenario.signIn(account).tokens();
            awaitRow(tokens, "attempts > 0");
            String before = server.log();
            spoil("alter table nylas_grant rename to nylas_grant_away", "a worker stopped");
            spoil("alter table nylas_grant_away rename to nylas_grant", null);
            TABLES.execute("alter table nylas_capture add constraint shut check (false) not valid");
            scenario.signIn(account);
            TABLES.execute("alter table nylas_capture drop constraint shut");
            assertThat(server.log().substring(before.length())).contains("Capture failed", "nylas_grant");
            assertSilent(scenario, tokens);

            server.stop();
            Path export = BuildOutput.directory("leaks-export");
            server.export(export);
            assertNotOnDisk(new FilesOnDisk(export, file -> true));
            assertThat(new FilesOnDisk(export, file -> true).with(Needle.of("user", account.mail())))
                    .isNotEmpty();
            server.restart(LeakEnvironment.withoutSealKey()
                    .environment(LeakEnvironment.SEAL_SECRET, useless)
                    .build());
            TABLES.execute("update nylas_grant set next_at = 0 where handover_state = 'DUE'");
            awaitRow(tokens, "failure_class = 'seal_key'");
            Account other = MicrosoftRealm.somebody();
            TestEnvironment.MICROSOFT.behaviourOf(other).markRefreshTokens(mark);
            Tokens unsealed = scenario.signIn(other).tokens();

            assertSilent(scenario, unsealed);
            assertNotOnDisk(filesOfServer());
        }
    }

    @Test
    void theSearchFindsACanaryWhereverATextCanBe() throws IOException {
        String harmless = "Canary" + UUID.randomUUID().toString().substring(0, 8);
        Needle needle = Needle.of("harmless", harmless);
        TestUser user = TestUser.named("ada").email(harmless + "@contoso.example");
        try (Scenario scenario = scenario(ProviderKind.OIDC, LeakEnvironment.connection())) {
            String id = scenario.keycloak().addUser(user);
            CanaryText.putEverywhere(scenario, id, harmless);
            SignIn.to(scenario.keycloak()).open().password(new TestUser(harmless, "x@y.example", "wrong"));
            Attempt attempt = SignIn.to(scenario.keycloak()).open().password(user);

            List<String> found = ExposedTexts.with(needle, exposed(scenario).texts(scenario.alias(), attempt.tokens()));

            assertThat(found)
                    .contains(
                            "log",
                            "table user_entity",
                            "table event_entity",
                            "table admin_event_entity",
                            "table identity_provider_config",
                            "admin/events",
                            "admin/admin-events",
                            "admin/users?briefRepresentation=false",
                            "admin/users/{user}",
                            "admin/identity-provider/instances",
                            "admin/identity-provider/instances/{alias}",
                            "admin/identity-provider/instances/{alias}/mappers",
                            "admin/client-scopes",
                            "admin/components",
                            "partial export",
                            "access token",
                            "ID token",
                            "userinfo",
                            "account");
            Files.writeString(server.home().resolve("data").resolve("canary.txt"), "x" + harmless);
            assertThat(filesOfServer().with(needle)).contains("data/canary.txt");
        }
    }

    private static Scenario scenario(ProviderKind kind, String connection) {
        Scenario scenario = Scenario.before(server, kind.provider().storingTokens());
        ExposedTexts.keepEvents(scenario.keycloak());
        scenario.addMapper(Map.of("connection", connection));
        return scenario;
    }

    private static ExposedTexts exposed(Scenario scenario) {
        return new ExposedTexts(server, TABLES, scenario.keycloak());
    }

    private void assertSilent(Scenario scenario, Tokens tokens) {
        Map<String, String> texts = exposed(scenario).texts(scenario.alias(), tokens);
        assertThat(texts.get("table offline_user_session")).contains(tokens.userId());
        assertThat(texts.get("admin/events")).contains("LOGIN");
        // The control for this place: nothing that a caller chooses reaches a metric, so nothing can be planted there.
        assertThat(texts.get("metrics")).contains("nylas_captures");
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(ExposedTexts.with(secret, texts))
                        .as(secret.name())
                        .isEmpty());
    }

    private void assertNotOnDisk(FilesOnDisk files) {
        assertThat(secrets)
                .allSatisfy(secret ->
                        assertThat(files.with(secret)).as(secret.name()).isEmpty());
    }

    /** Without the distribution's own jars, which all servers share. */
    private static FilesOnDisk filesOfServer() {
        Path shared = server.home().resolve("lib/lib");
        return new FilesOnDisk(server.home(), file -> !file.startsWith(shared));
    }

    private static void awaitRow(Tokens tokens, String condition) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                TABLES.count("nylas_grant where user_id = '" + tokens.userId() + "' and " + condition))
                        .isEqualTo(1));
    }

    private static void spoil(String sql, String untilLogged) {
        String before = server.log();
        TABLES.execute(sql);
        if (untilLogged != null) {
            await().atMost(PATIENCE)
                    .until(() -> server.log().substring(before.length()).contains(untilLogged));
        }
    }
}
