package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.Credential;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorsResourceTest {

    private static final OAuthClient CUSTOMER = new OAuthClient("customer-client", "customer-secret");

    private final NylasFixture fixture = new NylasFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_connector_shows_its_client_and_never_its_secret() throws Exception {
        Reply reply = fixture.client.get("/v3/connectors/microsoft");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.textAt("/data/provider")).isEqualTo("microsoft");
        assertThat(reply.textAt("/data/settings/client_id")).isEqualTo("keycloak-client");
        assertThat(reply.textAt("/data/settings/tenant")).isEqualTo("common");
        assertThat(reply.at("/data/scope")).isEqualTo(Json.strings(List.of("Mail.Read")));
        assertThat(reply.text()).doesNotContain("secret");
    }

    @Test
    void the_list_holds_the_only_connector() throws Exception {
        assertThat(fixture.client.get("/v3/connectors").at("/data").findValuesAsText("provider"))
                .containsExactly("microsoft");
    }

    @Test
    void without_a_connector_the_list_is_empty_and_the_connector_a_404() throws Exception {
        fixture.application.removeConnector();

        assertThat(fixture.client.get("/v3/connectors").at("/data")).isEmpty();
        assertThat(fixture.client.get("/v3/connectors/microsoft").status()).isEqualTo(404);
        assertThat(fixture.client.get("/v3/connectors/microsoft/creds").status())
                .isEqualTo(404);
    }

    @Test
    void a_credential_shows_neither_client_nor_secret() throws Exception {
        Credential credential = fixture.application.credential("customer", CUSTOMER);

        Reply reply = fixture.client.get("/v3/connectors/microsoft/creds/" + credential.id());

        assertThat(reply.json().at("/data").fieldNames())
                .toIterable()
                .containsExactly("id", "name", "created_at", "updated_at");
        assertThat(reply.textAt("/data/name")).isEqualTo("customer");
    }

    @Test
    void the_credentials_are_listed_with_the_connectors_own() throws Exception {
        fixture.application.credential("customer", CUSTOMER);

        Reply reply = fixture.client.get("/v3/connectors/microsoft/creds");

        assertThat(reply.at("/data").findValuesAsText("name")).containsExactly("microsoft", "customer");
        assertThat(reply.text()).doesNotContain("customer-client").doesNotContain("secret");
    }

    @Test
    void an_unknown_credential_is_a_404() throws Exception {
        assertThat(fixture.client.get("/v3/connectors/microsoft/creds/nobody").status())
                .isEqualTo(404);
    }

    @Test
    void a_new_client_secret_keeps_the_active_credential() throws Exception {
        String before = fixture.client.get("/v3/connectors/microsoft").textAt("/data/active_credential_id");

        fixture.application.connector(CUSTOMER, "common");

        assertThat(fixture.client.get("/v3/connectors/microsoft").textAt("/data/active_credential_id"))
                .isEqualTo(before);
        fixture.client.connect("ada-token");
        assertThat(fixture.exchanges.get(0).client()).isEqualTo(CUSTOMER);
    }
}
