package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.testkit.server.TestClient.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.docs.DocumentedCommands;
import io.github.keycloaknylas.it.support.AdminApi;
import io.github.keycloaknylas.it.support.BackfillCalls;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Kcadm;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.TestClient;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.TokenEndpoint;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;

/** The kcadm.sh commands of the documentation, run as they stand, take a new realm to a grant. */
@DistributionOnly("it runs the bin/kcadm.sh of the distribution")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the documented commands are for a POSIX shell")
@FullBuildOnly("each of its commands starts a JVM")
class KcadmIT {

    private static final String REALM = "acme";
    private static final String ALIAS = "microsoft";
    private static final Account ADA = Account.work("Ada", "Lovelace", "ada@example.com");
    private static final TestClient APPLICATION = new TestClient("mail-app", null, REDIRECT);

    private static final List<String> README =
            DocumentedCommands.of(Path.of("README.md")).blocks();
    private static final DistributionServer SERVER = (DistributionServer) TestEnvironment.keycloak();
    private static final Map<String, String> VALUES = Map.of(
            "<keycloak-url>", SERVER.baseUrl().toString(),
            "<admin-username>", "admin",
            "<client-id>", App.DEFAULT.clientId(),
            "<client-secret>", App.DEFAULT.clientSecret(),
            "<tenant-id>", Account.CONTOSO,
            "<application>", APPLICATION.id());

    private static Kcadm kcadm;
    private static MicrosoftRealm realm;
    private static String grantId;
    private static Tokens tokens;

    @BeforeAll
    static void followTheReadme() {
        TestEnvironment.MICROSOFT.put(ADA);
        kcadm = Kcadm.of(SERVER.home(), "admin");
        realm = MicrosoftRealm.of(TestRealm.existing(SERVER, REALM, APPLICATION));

        assertThat(README).as("blocks: set-up, client scope, query").hasSize(3);
        assertThat(run(README.get(0))).as("the set-up call finds nothing wrong").contains("\"ok\" : true");
        realm.keycloak().addClient(APPLICATION);
        run(README.get(1));

        Tokens first = realm.signIn(ALIAS, ADA).tokens();
        grantId = realm.awaitGrantId(first.userId());
        tokens = new TokenEndpoint(realm.keycloak()).refresh(first);
    }

    @AfterAll
    static void remove() {
        realm.close();
    }

    @Test
    void theProviderAndTheMapperAreThereWithTheirSettings() {
        IdentityProviderResource created =
                realm.keycloak().admin().identityProviders().get(ALIAS);
        IdentityProviderRepresentation provider = created.toRepresentation();
        List<IdentityProviderMapperRepresentation> mappers = created.getMappers();

        assertThat(provider.getProviderId()).isEqualTo("microsoft");
        assertThat(provider.getConfig())
                .containsEntry("tenantId", Account.CONTOSO)
                .containsEntry("defaultScope", TestEnvironment.SCOPES);
        assertThat(mappers).singleElement().satisfies(mapper -> {
            assertThat(mapper.getIdentityProviderMapper()).isEqualTo(MicrosoftRealm.MAPPER);
            assertThat(mapper.getConfig())
                    .containsEntry("requiredScopes", "Mail.Read Calendars.Read")
                    .containsEntry("discardAfterCapture", "true");
        });
    }

    @Test
    void theSetUpCallDeclaresTheAttributeAndCreatesTheClientScope() {
        assertThat(realm.keycloak().userProfile().declared().getAttributes())
                .extracting(UPAttribute::getName)
                .contains(MicrosoftRealm.ATTRIBUTE, MicrosoftRealm.STATUS);
        assertThat(realm.keycloak().admin().clientScopes().findAll())
                .extracting(ClientScopeRepresentation::getName)
                .contains("nylas");
    }

    @Test
    void theTokenOfTheApplicationShowsTheGrant() {
        assertThat(tokens.claims().path("nylas_grant_id").asText()).isEqualTo(grantId);
    }

    @Test
    void theUserQueryPrintsTheGrantIdThatNylasKnows() {
        assertThat(grantId).isEqualTo(MicrosoftRealm.grantIdAtNylas(ADA));

        assertThat(run(README.get(2))).contains(ADA.mail(), "\"nylas_grant_id\" : [ \"" + grantId + "\" ]");
    }

    @Test
    void thePageOnVerifyingShowsTheJarThatRunsARealmThatIsSetUpAndTheGrant() throws Exception {
        List<String> commands = DocumentedCommands.of(Path.of("docs/verify.md")).blocks();

        assertThat(commands).hasSize(3);
        assertThat(run(commands.get(0))).contains("\"version\" : ", "\"sha256\" : \"" + checksum() + "\"");
        assertThat(run(commands.get(1))).contains("\"problems\" : [ ]", "\"ok\" : true");
        assertThat(run(commands.get(2))).contains(grantId);
    }

    @Test
    void thePageOnConfiguringRepeatsTheSetUpCallAndFindsUsersByStatus() {
        List<String> commands =
                DocumentedCommands.of(Path.of("docs/configure.md")).blocks();

        assertThat(commands).hasSize(2);
        assertThat(run(commands.get(0))).contains("\"outcome\" : \"unchanged\"", "\"ok\" : true");
        assertThat(run(commands.get(1))).doesNotContain(ADA.mail());
        assertThat(run(commands.get(1).replace("reconnect", "connected")))
                .contains(ADA.mail(), "\"nylas_grant_status\" : [ \"connected\" ]");
    }

    @Test
    void thePageOnTheDoctorChecksTheRealmAndSetsItUp() {
        List<String> commands = DocumentedCommands.of(Path.of("docs/doctor.md")).blocks();

        assertThat(commands).hasSize(1);
        assertThat(run(commands.get(0))).contains("\"problems\" : [ ]", "\"outcome\" : \"unchanged\"");
    }

    @Test
    void thePageOnAdministrationShowsGrantsAndDecides() {
        List<String> commands =
                DocumentedCommands.of(Path.of("docs/administration.md")).blocks();

        assertThat(commands).hasSize(6);
        assertThat(run(commands.get(0))).contains("\"CONNECTED\" : 1", "\"linksGone\" : 0");
        assertThat(run(commands.get(1))).contains("\"grantId\" : \"" + grantId + "\"", "\"count\" : 1");
        assertThat(run(commands.get(2))).contains("\"grants\" : [ ]", "\"count\" : 0");
        assertThat(run(commands.get(3))).contains("\"deletions\" : [ ]", "\"count\" : 0");
        // The application is known to reconciliation within a minute of its first grant.
        await().atMost(Duration.ofMinutes(2))
                .until(() -> AdminApi.of(SERVER, "master")
                                .get("reconcile?connection=default")
                                .status()
                        == 200);
        assertThat(run(commands.get(4))).contains("\"connection\" : \"default\"");
        assertThat(run(commands.get(5))).contains("\"application\" : ").doesNotContain(grantId);
    }

    @Test
    void thePageOnTheBackfillCountsAndHandsOverAndShowsTheProgress() {
        List<String> commands =
                DocumentedCommands.of(Path.of("docs/backfill.md")).blocks();

        assertThat(commands).hasSize(4);
        assertThat(run(commands.get(0))).contains("\"state\" : \"running\"", "\"dryRun\" : true");
        awaitDone();
        assertThat(run(commands.get(2))).contains("\"state\" : \"running\"", "\"dryRun\" : false");
        awaitDone();
        assertThat(run(commands.get(1))).contains("\"state\" : \"done\"", "\"already_connected\" : 1");
        // Nothing is left to cancel, which kcadm.sh takes for a failure.
        assertThat(run(commands.get(3).strip() + " || true")).contains("/nylas/backfill");
    }

    // Not with kcadm.sh: each look would start a JVM.
    private static void awaitDone() {
        BackfillCalls backfill = new BackfillCalls(SERVER, realm, ALIAS);
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> backfill.show().text("state").equals("done"));
    }

    @Test
    void theConfigurationOfKcadmIsKeptInTheBuildDirectory() {
        assertThat(kcadm.configuration()).isRegularFile();
    }

    private static String run(String block) {
        return kcadm.run(DocumentedCommands.fill(block, VALUES));
    }

    private static String checksum() throws IOException, NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(BuildOutput.extensionJar())));
    }
}
