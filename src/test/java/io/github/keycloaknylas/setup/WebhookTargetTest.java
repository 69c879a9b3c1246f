package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Which connection a call means, and who may manage its webhook. */
@ExtendWith(FreshOptions.class)
class WebhookTargetTest {

    private final Options options = Options.none()
            .with("nylas-connection/default/api-key", "key")
            .with("nylas-connection/second/api-key", "key-2")
            .with("hostname/v2/hostname", "https://auth.example.com/");
    private final FakeKeycloak keycloak = new FakeKeycloak(null);
    private final RealmModel master = keycloak.realm("id-of-master");
    private final RealmModel acme = keycloak.realm("acme");
    private final KeycloakSession session = keycloak.session();

    @BeforeEach
    void realms() {
        when(master.getName()).thenReturn("master");
        when(acme.getName()).thenReturn("acme & co");
        keycloak.vault().put("${vault.own}", "own-key");
    }

    private WebhookTarget found(RealmModel realm, String connection, String provider) throws RefusedCallException {
        session.getContext().setRealm(realm);
        return WebhookTarget.find(session, realm, connection, provider);
    }

    private RefusedCallException refused(RealmModel realm, String connection, String provider) {
        return catchThrowableOfType(RefusedCallException.class, () -> found(realm, connection, provider));
    }

    private static int status(RefusedCallException refused) {
        return refused.response().getStatus();
    }

    @Test
    void theAdministrationRealmManagesTheConnectionsOfTheServer() throws Exception {
        WebhookTarget unnamed = found(master, null, null);

        assertThat(unnamed.owner().connection()).isEqualTo("default");
        assertThat(unnamed.owner().realmId()).isEqualTo("id-of-master");
        assertThat(unnamed.address("1")).isEqualTo("https://auth.example.com/realms/master/nylas/webhooks/1");
        assertThat(found(master, "second", null).connection().key().value()).isEqualTo("key-2");
    }

    @Test
    void anotherRealmDoesNotAndLearnsNothingOfThem() {
        keycloak.provider("acme", "entra", Map.of());

        assertThat(status(refused(acme, null, null))).isEqualTo(403);
        assertThat(status(refused(acme, "default", null))).isEqualTo(403);
        assertThat(status(refused(acme, null, "entra"))).isEqualTo(403);
        assertThat(refused(acme, "default", null).getMessage())
                .isEqualTo(refused(acme, "missing", null).getMessage())
                .contains("realm 'master'", "?provider=<alias>");
    }

    @Test
    void aRealmManagesAConnectionOfItsOwn() throws Exception {
        keycloak.provider("acme", "entra", Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.own}"));

        WebhookTarget own = found(acme, null, "entra");

        assertThat(own.owner().connection()).isEqualTo("realm:acme/entra");
        assertThat(own.owner().realmId()).isEqualTo("acme");
        assertThat(own.owner().apiUrl()).isEqualTo("https://nylas.example.com");
        assertThat(own.connection().key().value()).isEqualTo("own-key");
        assertThat(own.address("1")).isEqualTo("https://auth.example.com/realms/acme%20%26%20co/nylas/webhooks/1");
    }

    @Test
    void aProviderOfTheAdministrationRealmMayUseAConnectionOfTheServer() throws Exception {
        keycloak.provider("id-of-master", "entra", Map.of("connection", "second"));

        assertThat(found(master, null, "entra").owner().connection()).isEqualTo("second");
    }

    @Test
    void whatDoesNotExistIsNamed() {
        assertThat(status(refused(acme, null, "missing"))).isEqualTo(404);
        assertThat(refused(acme, null, "missing")).hasMessageContaining("'missing'");
        assertThat(refused(master, "missing", null)).hasMessageContaining("'missing'");
        assertThat(status(refused(master, "a", "b"))).isEqualTo(400);
    }

    @Test
    void withoutAFixedHostNameThereIsNoAddressToRegister() {
        options.without("hostname/v2/hostname");

        assertThat(status(refused(master, null, null))).isEqualTo(409);
        assertThat(refused(master, null, null)).hasMessageContaining("host name");
    }

    @Test
    void aRefusalHasKeycloaksErrorShape() {
        assertThat(refused(master, "a", "b").response().getEntity())
                .extracting("errorMessage")
                .isEqualTo("Name either a connection or a provider, not both.");
    }
}
