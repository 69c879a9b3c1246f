package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.NylasClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about connections and Nylas, and by what code it is told. */
class ChecksTest {

    private static final String CONNECTION = "keycloak.nylas-connection.";

    private final CloseableHttpClient http = HttpClients.createDefault();
    private final NylasClient client = new NylasClient(http, Duration.ofSeconds(20));
    private final Findings findings = new Findings();
    private final Map<String, String> options = new HashMap<>();
    private FakeRealm fake;

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeRealm();
    }

    @AfterEach
    void close() throws IOException {
        options.keySet().forEach(System::clearProperty);
        client.close();
        http.close();
        fake.close();
    }

    @Test
    void aConnectionOfTheServerIsUsed() {
        option("default.api-key", "nyk_server");
        option("default.api-url", fake.nylas.url());
        option("default.application-id", "app-2");
        assertThat(serverConnection()).containsExactly(FindingCode.APPLICATION_OTHER);
    }

    @Test
    void aConnectionThatTheServerDoesNotHaveIsToldWithWhatToDo() {
        assertThat(serverConnection()).containsExactly(FindingCode.CONNECTION_UNUSABLE);
        assertThat(findings.problems().get(0).next()).contains("spi-nylas-connection--default--api-key");
    }

    @Test
    void aConnectionThatTheRealmMayNotUseIsTold() {
        option("default.api-key", "nyk_server");
        option("default.realms", "other");
        assertThat(serverConnection()).containsExactly(FindingCode.CONNECTION_UNUSABLE);
        assertThat(fake.nylas.asked).isEmpty();
    }

    @Test
    void aKeyThatTheVaultDoesNotHaveIsTold() {
        assertThat(ownConnection(Map.of("apiKey", "${vault.gone}"))).containsExactly(FindingCode.VAULT_ENTRY_MISSING);
        assertThat(findings.problems().get(0).next()).contains("Add it");
    }

    @Test
    void whatTheMapperComplainsOfIsToldOnce() {
        assertThat(ownConnection(Map.of("apiKey", "nyk_in_clear"))).containsExactly(FindingCode.MAPPER_SETTING);
        assertThat(findings.problems().toString()).doesNotContain("nyk_in_clear");
    }

    @Test
    void anAddressThatNoKeyMayGoToIsTold() {
        assertThat(ownConnection(Map.of("apiUrl", "http://nylas.example")))
                .containsExactly(FindingCode.API_URL_REFUSED);
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsTold() {
        option("default.api-key", "nyk server");
        option("default.api-url", fake.nylas.url());
        assertThat(serverConnection()).containsExactly(FindingCode.API_KEY_UNUSABLE);
        assertThat(findings.problems().toString()).doesNotContain("nyk server");
    }

    @ParameterizedTest
    @CsvSource({
        "401, API_KEY_REFUSED",
        "403, NYLAS_REFUSED",
        "404, NYLAS_REFUSED",
        "429, NYLAS_UNREACHABLE",
        "500, NYLAS_UNREACHABLE",
    })
    void anApplicationThatIsNotShown(int status, FindingCode code) {
        fake.nylas.application = error(status);
        assertThat(ownConnection(Map.of())).containsExactly(code);
        assertThat(fake.nylas.asked).containsExactly("/v3/applications");
        assertThat(findings.problems().get(0).problem()).contains("HTTP " + status, "r-1");
        assertThat(findings.problems().get(0).next()).isNotBlank();
    }

    @Test
    void aNylasThatIsNotThereIsTold() {
        fake.nylas.close();
        assertThat(ownConnection(Map.of())).containsExactly(FindingCode.NYLAS_UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "401, API_KEY_REFUSED",
        "403, NYLAS_REFUSED",
        "404, CONNECTOR_MISSING",
        "503, NYLAS_UNREACHABLE",
    })
    void aConnectorThatIsNotShown(int status, FindingCode code) {
        fake.nylas.connector = error(status);
        assertThat(ownConnection(Map.of())).containsExactly(code);
    }

    @Test
    void theConnectorsClientIsHeldAgainstTheProviders() {
        fake.nylas.connector = FakeNylas.connector("other", "User.Read Mail.Read Calendars.Read");
        assertThat(ownConnection(Map.of())).containsExactly(FindingCode.CONNECTOR_CLIENT_OTHER);
    }

    @Test
    void aConnectionThatTwoProvidersUseIsAskedOnce() {
        fake.add(Samples.oidc(), Map.of());
        assertThat(ownConnection(Map.of())).isEmpty();
        assertThat(fake.nylas.asked).containsExactly("/v3/applications", "/v3/connectors/microsoft");
    }

    @Test
    void twoMappersOnOneProviderAreCounted() {
        fake.add(Samples.social(), Map.of());
        assertThat(ownConnection(Map.of())).containsExactly(FindingCode.MAPPER_DUPLICATE);
    }

    @Test
    void withoutASealKeyNothingCanBeCaptured() {
        System.clearProperty("keycloak.nylas-seal-key.default.secret");
        assertThat(ownConnection(Map.of())).containsExactly(FindingCode.SEAL_KEY_MISSING);
        assertThat(findings.problems().get(0).provider()).isNull();
    }

    private List<FindingCode> serverConnection() {
        return ownConnection(Map.of("apiUrl", "", "apiKey", ""));
    }

    private List<FindingCode> ownConnection(Map<String, String> settings) {
        fake.add(Samples.social(), settings);
        new Checks(fake.session, fake.realm, new NylasLookup(client)).run(MappedProvider.of(fake.session), findings);
        return Samples.problems(findings);
    }

    private void option(String name, String value) {
        options.put(CONNECTION + name, value);
        System.setProperty(CONNECTION + name, value);
    }

    private static FakeNylas.Reply error(int status) {
        return new FakeNylas.Reply(
                status, "{\"request_id\":\"r-1\",\"error\":{\"type\":\"some_error\",\"message\":\"no\"}}");
    }
}
