package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

@ExtendWith(FreshOptions.class)
class ManualWebhookTest {

    private static final String SECRET = "nylas-connection/eu-sales/webhook-secret";

    private final Options options = Options.none()
            .with("nylas-connection/eu-sales/api-key", "key")
            .with("nylas-connection/eu-sales/region", "eu")
            .with("nylas-connection/eu-sales/application-id", "application-1");
    private final FakeKeycloak keycloak = new FakeKeycloak(null);
    private final RealmModel master = keycloak.realm("id-of-master");
    private final KeycloakSession session = keycloak.session();

    @BeforeEach
    void bind() {
        when(master.getName()).thenReturn("master");
        session.getContext().setRealm(master);
    }

    private Optional<ManualWebhook> found() {
        return ManualWebhook.find(master, "eu-sales");
    }

    @Test
    void everyConnectionOfTheServerHasAnAddressBeforeThereIsASecret() {
        assertThat(found())
                .contains(new ManualWebhook("eu-sales", "https://api.eu.nylas.com", Optional.of("application-1")));
        assertThat(found().orElseThrow().hasSecret()).isFalse();
        assertThat(found().orElseThrow().secret(session)).isEmpty();
    }

    @Test
    void itBelongsToTheAdministrationRealmOnly() {
        assertThat(ManualWebhook.find(keycloak.realm("acme"), "eu-sales")).isEmpty();
    }

    @Test
    void thereIsNoneForAConnectionThatTheServerDoesNotHave() {
        assertThat(ManualWebhook.find(master, "other")).isEmpty();
        assertThat(ManualWebhook.find(master, "../eu-sales")).isEmpty();
    }

    @Test
    void theSecretIsAnOption() {
        options.with(SECRET, " the-secret ");

        assertThat(found().orElseThrow().hasSecret()).isTrue();
        assertThat(found().orElseThrow().secret(session)).contains("the-secret");
    }

    @Test
    void theSecretMayBeInTheVaultOfTheAdministrationRealm() {
        options.with(SECRET, "${vault.hook}");
        assertThat(found().orElseThrow().secret(session)).isEmpty();

        keycloak.vault().put("${vault.hook}", "from-vault\n");

        assertThat(found().orElseThrow().secret(session)).contains("from-vault");
    }
}
